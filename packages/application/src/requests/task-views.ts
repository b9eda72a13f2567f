import { clusters as allClusters, pools as allPools } from '@yunheng/db/queries/estate';
import { allocationsByIds } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import { overUse } from '@yunheng/domain/provisioning/projection';
import { stepsOf } from '@yunheng/domain/provisioning/steps';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';
import { namespaceUse } from '../provisioning/namespace-use.ts';

export interface TaskView {
  readonly id: string;
  readonly kind: Row<'provisioningTasks'>['kind'];
  readonly state: Row<'provisioningTasks'>['state'];
  readonly step: string | null;
  readonly steps: string[];
  readonly cluster: string;
  readonly namespace: string;
  readonly namespaceUid: string | null;
  readonly pool: string;
  readonly attempts: number;
  readonly deadlineAt: number;
  readonly ownerRole: string;
  readonly nextAt: number;
  readonly errorCode: string | null;
  readonly errorParams: ErrorParams | null;
  readonly finishedAt: number | null;
  /** What has to be vacated before a decrease can go through, as the cluster says it now; null when it does not say. */
  readonly overUse: { resource: ResourceName; used: number; limit: number }[] | null;
}

/** Without clusters, or while one is away, nothing is known of use. */
export type TaskViewDeps = Deps & { readonly clusters?: Clusters };

export async function taskViews(
  deps: TaskViewDeps,
  tasks: readonly Row<'provisioningTasks'>[],
): Promise<TaskView[]> {
  if (tasks.length === 0) return [];
  const [allocations, clusters, pools] = await Promise.all([
    allocationsByIds(
      deps.store,
      tasks.map((task) => task.allocationId),
    ),
    allClusters(deps.store),
    allPools(deps.store),
  ]);
  const views = tasks.map(async (task): Promise<TaskView> => {
    const allocation = allocations.find((row) => row.id === task.allocationId);
    const cluster = clusters.find((row) => row.id === allocation?.clusterId)?.name ?? '';
    return {
      id: task.id,
      kind: task.kind,
      state: task.state,
      step: task.step,
      steps: [...stepsOf[task.kind]],
      cluster,
      namespace: allocation?.namespace ?? '',
      namespaceUid: allocation?.namespaceUid ?? null,
      pool: pools.find((row) => row.id === allocation?.poolId)?.code ?? '',
      attempts: task.attempts,
      deadlineAt: task.deadlineAt,
      ownerRole: task.ownerRole,
      nextAt: task.nextAt,
      errorCode: task.errorCode,
      errorParams: task.errorParams,
      finishedAt: task.finishedAt,
      overUse: await overUseOf(deps.clusters?.of(cluster) ?? null, { task, allocation }),
    };
  });
  return Promise.all(views);
}

async function overUseOf(
  cluster: Cluster | null,
  of: { task: Row<'provisioningTasks'>; allocation: Row<'allocations'> | undefined },
): Promise<TaskView['overUse']> {
  const { task, allocation } = of;
  if (task.state !== 'waiting_vacate' || allocation === undefined) return null;
  const used = await namespaceUse(cluster, allocation);
  if (used === null) return null;
  return overUse(used, task.target).map((resource) => ({
    resource,
    used: used[resource] ?? 0,
    limit: task.target[resource] ?? 0,
  }));
}
