import type {
  V1LimitRange,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1ResourceQuota,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import { fromQuota, quotaKeys, readResource } from '@yunheng/domain/catalog/kubernetes';
import {
  resourceNames,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import type { NamespaceView, PoolReading, QuotaView } from '@yunheng/domain/provisioning/cluster';
import {
  fieldManager,
  generationAnnotation,
  labels,
  objectNames,
  podSecurityLabels,
  workerKeys,
} from '@yunheng/domain/provisioning/kubernetes-words';
import { invariant } from '@yunheng/kernel/invariant';

/** The wire form of client-node's classes: dates are text there. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Wire<T[Key]> }
      : T;

export interface NamespaceParts {
  readonly namespace: Wire<V1Namespace>;
  readonly quota: Wire<V1ResourceQuota> | undefined;
  readonly limits: Wire<V1LimitRange> | undefined;
  readonly policies: readonly Wire<V1NetworkPolicy>[];
  readonly defaultAccount: Wire<V1ServiceAccount> | undefined;
}

export function namespaceView(parts: NamespaceParts): NamespaceView {
  const { metadata = {}, status } = parts.namespace;
  const found = metadata.labels ?? {};
  const terminating = status?.phase === 'Terminating' || metadata.deletionTimestamp !== undefined;
  return {
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    phase: terminating ? 'terminating' : 'active',
    managed: found[labels.managedBy] === fieldManager,
    allocationId: found[labels.allocation] ?? null,
    pool: found[labels.pool] ?? null,
    generation: generationOf(metadata.annotations),
    podSecurity: Object.entries(podSecurityLabels).every(([key, value]) => found[key] === value),
    isolated: parts.policies.some(deniesAll),
    limited: parts.limits !== undefined,
    quota: parts.quota === undefined ? null : quotaView(parts.quota),
    defaultAccount: parts.defaultAccount !== undefined,
    createdAt: Date.parse(metadata.creationTimestamp ?? '') || 0,
    blockedBy: terminating ? blockedBy(parts.namespace) : null,
  };
}

export const generationOf = (annotations: Readonly<Record<string, string>> | undefined): number =>
  Number(annotations?.[generationAnnotation] ?? 0) || 0;

function deniesAll(policy: Wire<V1NetworkPolicy>): boolean {
  const { metadata, spec } = policy;
  if (metadata?.name !== objectNames.denyAll) return false;
  const types = spec?.policyTypes ?? [];
  const everyPod = Object.keys(spec?.podSelector ?? { missing: true }).length === 0;
  const noRule = (spec?.ingress ?? []).length === 0 && (spec?.egress ?? []).length === 0;
  return everyPod && noRule && types.includes('Ingress') && types.includes('Egress');
}

/** Conditions name what holds a deletion up: a foreign finalizer, an API that is down. */
function blockedBy({ status }: Wire<V1Namespace>): string | null {
  const held = (status?.conditions ?? []).find(
    (condition) =>
      condition.status === 'True' && condition.type !== 'NamespaceDeletionContentSuccess',
  );
  return held === undefined ? null : `${held.type}: ${held.message ?? held.reason ?? ''}`;
}

export function quotaView(quota: Wire<V1ResourceQuota>): QuotaView {
  const spec = quota.spec?.hard ?? {};
  const filled = quota.status?.hard;
  return {
    hard: amountsIn(spec),
    statusHard: filled === undefined || !sameKeys(spec, filled) ? null : amountsIn(filled),
    used: amountsIn(quota.status?.used ?? {}),
    generation: generationOf(quota.metadata?.annotations),
    suspended: spec['pods'] === '0',
    even: evenIn(spec),
  };
}

const sameKeys = (
  spec: Readonly<Record<string, string>>,
  filled: Readonly<Record<string, string>>,
): boolean => {
  // Both ways: a key that was taken away is still enforced while the status has it.
  const keys = Object.keys(spec);
  return keys.length === Object.keys(filled).length && keys.every((key) => key in filled);
};

function amountsIn(hard: Readonly<Record<string, string>>): ResourceAmounts {
  const read = fromQuota(hard);
  invariant(read.ok, 'the apiserver answered with a quantity that it would refuse itself');
  return read.value.amounts;
}

function evenIn(hard: Readonly<Record<string, string>>): boolean {
  return resourceNames.every(
    (resource) => new Set(quotaKeys[resource].map((key) => hard[key])).size <= 1,
  );
}

/** Allocatable of the workers, summed by pool label; a worker that is cordoned still belongs to its pool. */
export function poolReadings(nodes: readonly Wire<V1Node>[]): readonly PoolReading[] {
  const byPool = new Map<
    string,
    { workers: number; amounts: Partial<Record<ResourceName, number>> }
  >();
  for (const node of nodes) {
    const pool = node.metadata?.labels?.[labels.pool];
    if (pool === undefined) continue;
    const reading = byPool.get(pool) ?? { workers: 0, amounts: {} };
    reading.workers += 1;
    const allocatable = node.status?.allocatable ?? {};
    for (const resource of resourceNames) {
      const text = allocatable[workerKeys[resource]];
      // Down, for each worker: a part of a MiB is not there to promise.
      const read = text === undefined ? null : readResource(resource, text, 'down');
      if (read === null || !read.ok) continue;
      reading.amounts[resource] = (reading.amounts[resource] ?? 0) + read.value.amount;
    }
    byPool.set(pool, reading);
  }
  return [...byPool].map(([pool, { workers, amounts }]) => ({
    pool,
    workers,
    allocatable: amounts,
  }));
}
