import { removedAllocations, standingAllocations } from '@yunheng/db/queries/provisioning';
import type { Row } from '@yunheng/db/store';
import type { Clusters, NamespaceView } from '@yunheng/domain/provisioning/cluster';
import type { Deps } from '../deps.ts';
import { sweepClusters, type ClusterSweep, type Finding, type Swept } from './sweep.ts';

/**
 * Law P3: nobody has access to a namespace that lacks one of the earlier steps, and capacity that went back to the pool
 * has no namespace left that could still use it.
 */
export const sweepOrder = (deps: Deps, clusters: Clusters): Promise<Swept> =>
  sweepClusters(deps, clusters, sweep);

const sweep: ClusterSweep = async (deps, row, cluster) => {
  const [standing, removed] = await Promise.all([
    standingAllocations(deps.store, row.id),
    removedAllocations(deps.store, row.id),
  ]);
  const views = await cluster.listManaged();
  const byUid = new Map(views.map((view) => [view.uid, view]));
  const finding = (kind: string, { namespace, id }: Row<'allocations'>): Finding => ({
    law: 'P3',
    kind,
    subject: namespace,
    cluster: row.name,
    detail: { allocationId: id },
  });
  const opened = standing.filter(({ allocation }) => allocation.activatedAt !== null);
  return {
    checked: opened.length + removed.length,
    findings: [
      ...opened.flatMap(({ allocation }) =>
        missingSteps(byUid.get(allocation.namespaceUid ?? '')).map((kind) =>
          finding(kind, allocation),
        ),
      ),
      ...removed
        .filter((allocation) => byUid.has(allocation.namespaceUid ?? ''))
        .map((allocation) => finding('released_before_gone', allocation)),
    ],
  };
};

/** A namespace on its way out takes its objects with it. */
function missingSteps(view: NamespaceView | undefined): readonly string[] {
  if (view === undefined || view.phase === 'terminating') return [];
  return [
    ...(view.podSecurity ? [] : ['open_without_pod_security']),
    ...(view.isolated ? [] : ['open_without_isolation']),
    ...(view.limited ? [] : ['open_without_limits']),
    ...(view.quota?.statusHard ? [] : ['open_without_quota_in_force']),
  ];
}
