import type { TaskFacts } from '@yunheng/db/queries/provisioning';
import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { NamespaceTarget } from '@yunheng/domain/provisioning/cluster';

interface Projected {
  readonly allocation: TaskFacts['allocation'];
  readonly pool: { readonly code: string };
  readonly task: { readonly generation: number };
}

/** The projection of one allocation, with the generation of the task that acts for it. */
export const targetOf = (
  { allocation, pool, task }: Projected,
  hard: ResourceAmounts,
): NamespaceTarget => ({
  namespace: allocation.namespace,
  allocationId: allocation.id,
  tenantId: allocation.tenantId,
  systemId: allocation.systemId,
  pool: pool.code,
  hard,
  generation: task.generation,
});
