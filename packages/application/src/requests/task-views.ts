import { clusters as allClusters, pools as allPools } from '@yunheng/db/queries/estate';
import { allocationsByIds } from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { stepsOf } from '@yunheng/domain/provisioning/steps';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';

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
}

export async function taskViews(
  deps: Deps,
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
  return tasks.map((task) => {
    const allocation = allocations.find((row) => row.id === task.allocationId);
    return {
      id: task.id,
      kind: task.kind,
      state: task.state,
      step: task.step,
      steps: [...stepsOf[task.kind]],
      cluster: clusters.find((row) => row.id === allocation?.clusterId)?.name ?? '',
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
    };
  });
}
