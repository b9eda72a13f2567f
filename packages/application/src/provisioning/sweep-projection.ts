import { openRevocations } from '@yunheng/db/queries/access';
import { standingAllocations, type StandingAllocation } from '@yunheng/db/queries/provisioning';
import type { Clusters, NamespaceView } from '@yunheng/domain/provisioning/cluster';
import { driftOf } from '@yunheng/domain/provisioning/drift';
import { differences } from '@yunheng/domain/provisioning/projection';
import type { Deps } from '../deps.ts';
import { sweepClusters, type ClusterSweep, type Finding, type Swept } from './sweep.ts';
import { compareAccess } from './stale-access.ts';
import { targetOf } from './target-of.ts';

/** Law P2: every namespace shows what the ledger says, no pod of it runs outside its pool, nobody has access for nothing. */
export const sweepProjection = (deps: Deps, clusters: Clusters): Promise<Swept> =>
  sweepClusters(deps, clusters, sweep);

const sweep: ClusterSweep = async (deps, row, cluster) => {
  const standing = await standingAllocations(deps.store, row.id);
  const [views, pods, access] = await Promise.all([
    cluster.listManaged(),
    cluster.strayPods(),
    compareAccess(deps, { row, cluster, personId: null }),
  ]);
  // What is being taken away is not drift; what could not be taken away is.
  const leaving = (await openRevocations(deps.store, row.id))
    .filter(({ state }) => state !== 'failed')
    .map(({ userId }) => userId);
  const byName = new Map(views.map((view) => [view.name, view]));
  const drifts = standing.flatMap((one) => driftsOf(one, byName.get(one.allocation.namespace)));
  return {
    checked: standing.length + pods.checked + access.checked,
    findings: [
      ...drifts.map((drift): Finding => ({ law: 'P2', cluster: row.name, ...drift })),
      ...pods.strays.map((stray): Finding => ({
        law: 'P2',
        kind: 'pod_outside_pool',
        subject: `${stray.namespace}/${stray.pod}`,
        cluster: row.name,
        detail: { worker: stray.worker, pool: stray.pool, workerPool: stray.workerPool },
      })),
      ...access.stale
        .filter(({ personId }) => !leaving.includes(personId))
        .map(({ namespace, personId }): Finding => ({
          law: 'P2',
          kind: 'access_without_right',
          subject: namespace,
          cluster: row.name,
          detail: { personId },
        })),
    ],
  };
};

/** A namespace that is absent or foreign is named by P1 and P4; what a task works on is not drift. */
function driftsOf(
  { allocation, pool, task }: StandingAllocation,
  view: NamespaceView | undefined,
): readonly Omit<Finding, 'law' | 'cluster'>[] {
  if (view === undefined || allocation.state !== 'active') return [];
  const target = targetOf(
    { allocation, pool: { code: pool }, task: { generation: allocation.generation } },
    allocation.desired,
  );
  return driftOf({ target, task, uid: allocation.namespaceUid }, view)
    .filter((drift) => drift.kind !== 'namespace_foreign')
    .map(({ kind, namespace }) => ({
      kind,
      subject: namespace,
      detail: {
        allocationId: allocation.id,
        resources: differences(view.quota?.hard ?? {}, allocation.desired).join(','),
      },
    }));
}
