import { resourceNames, type ResourceAmounts, type ResourceName } from '../catalog/resources.ts';
import { capacityAccounts, capacityCommodity } from './accounts.ts';
import type { Entry } from './transfer.ts';

export interface SupplyAdjustment {
  readonly entries: readonly Entry[];
  /** What the clusters no longer carry although it is promised: the sweep of L1 raises it, nobody's hold is taken. */
  readonly uncovered: ResourceAmounts;
}

/**
 * Entries that bring a pool's supply to `wanted`. A loss is taken from what is free; beyond that it stays
 * visible as `uncovered` instead of breaking promises silently.
 */
export function adjustSupply(
  poolId: string,
  current: { readonly supply: ResourceAmounts; readonly free: ResourceAmounts },
  wanted: ResourceAmounts,
): SupplyAdjustment {
  const entries: Entry[] = [];
  const uncovered: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames) {
    const change = (wanted[resource] ?? 0) - (current.supply[resource] ?? 0);
    const taken = Math.max(change, -Math.max(current.free[resource] ?? 0, 0));
    if (taken > change) uncovered[resource] = taken - change;
    if (taken === 0) continue;
    const commodity = capacityCommodity(poolId, resource);
    entries.push({ account: capacityAccounts.supply(poolId), commodity, amount: -taken });
    entries.push({ account: capacityAccounts.free(poolId), commodity, amount: taken });
  }
  return { entries, uncovered };
}
