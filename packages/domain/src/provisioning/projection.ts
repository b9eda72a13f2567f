import { quotaKeys } from '../catalog/kubernetes.ts';
import { resourceNames, type ResourceAmounts, type ResourceName } from '../catalog/resources.ts';
import type { QuotaView } from './cluster.ts';

/** Resources that a ResourceQuota can hold; the others are counted by the ledger alone. */
export const quotaResources: readonly ResourceName[] = resourceNames.filter(
  (resource) => quotaKeys[resource].length > 0,
);

/** Resources in which two projections differ; absent and 0 are the same. */
export function differences(
  left: ResourceAmounts,
  right: ResourceAmounts,
): readonly ResourceName[] {
  return quotaResources.filter((resource) => (left[resource] ?? 0) !== (right[resource] ?? 0));
}

/** In force: the controller has answered for exactly what is wanted (law P3). */
export function inForce(quota: QuotaView | null, hard: ResourceAmounts): boolean {
  if (quota === null || quota.statusHard === null || !quota.even || quota.suspended) return false;
  return (
    differences(quota.hard, hard).length === 0 && differences(quota.statusHard, hard).length === 0
  );
}

/** Resources of which more is used than the new limit allows (law L6); empty when a decrease may go through. */
export function overUse(used: ResourceAmounts, hard: ResourceAmounts): readonly ResourceName[] {
  return quotaResources.filter((resource) => (used[resource] ?? 0) > (hard[resource] ?? 0));
}
