import { resourceNames } from '@yunheng/domain/catalog/resources';
import type { NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import {
  defaultAccountObject,
  isolationObjects,
  limitsObject,
  namespaceObject,
  quotaObject,
  type Applicable,
} from '@yunheng/cluster/objects';

/** One namespace for a side that only writes: the objects of law P3 in their order, split where readiness is awaited. */
export interface PlannedNamespace {
  readonly name: string;
  readonly before: readonly Applicable[];
  readonly after: readonly Applicable[];
}

export const amounts = { cpu: 4_000, memory: 8_192, storage: 102_400 };
export const pool = 'sheng-x86-general';

export const namespaceOf = (side: string, round: number, index: number): string =>
  `yh-bench-${side}-${round}-${index}`;

/** The product's own objects, so that every side writes the same bytes but for the names. */
export function plannedNamespace(name: string): PlannedNamespace {
  const target: NamespaceTarget = {
    namespace: name,
    allocationId: `alc_${name}`,
    tenantId: 'ten_bench',
    systemId: 'sys_bench',
    pool,
    hard: Object.fromEntries(
      resourceNames.flatMap((resource) =>
        resource in amounts ? [[resource, amounts[resource as keyof typeof amounts]]] : [],
      ),
    ),
    generation: 1,
  };
  return {
    name,
    before: [
      namespaceObject(target, null),
      ...isolationObjects(target),
      limitsObject(target),
      quotaObject({ target, suspended: false, resourceVersion: null }),
    ],
    after: [defaultAccountObject(target)],
  };
}
