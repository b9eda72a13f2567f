import { standingAllocations } from '@yunheng/db/queries/provisioning';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { orphansOf } from '@yunheng/domain/provisioning/drift';
import { isUnderWay } from '@yunheng/domain/provisioning/task';
import type { Deps } from '../deps.ts';
import { sweepClusters, type ClusterSweep, type Finding, type Swept } from './sweep.ts';

/** Law P1: one live namespace for each open allocation, and the other way round; both directions, every cluster. */
export const sweepNamespaces = (deps: Deps, clusters: Clusters): Promise<Swept> =>
  sweepClusters(deps, clusters, sweep);

const sweep: ClusterSweep = async (deps, row, cluster) => {
  // The cluster first: a namespace that is made in between belongs to an allocation that the database already knows.
  const views = await cluster.listManaged();
  const standing = await standingAllocations(deps.store, row.id);
  const finding = (kind: string, subject: string, allocationId: string | null): Finding => ({
    law: 'P1',
    kind,
    subject,
    cluster: row.name,
    detail: { allocationId },
  });
  const owners = new Map<string, number>();
  for (const { allocationId } of views)
    if (allocationId !== null) owners.set(allocationId, (owners.get(allocationId) ?? 0) + 1);
  const missing = standing.filter(
    ({ allocation, task }) =>
      (task === null || !isUnderWay(task)) &&
      allocation.state !== 'opening' &&
      !owners.has(allocation.id),
  );
  const open = new Set(standing.map(({ allocation }) => allocation.id));
  const doubled = [...owners].filter(([, count]) => count > 1);
  return {
    checked: views.length + standing.length,
    findings: [
      ...missing.map(({ allocation }) =>
        finding('namespace_missing', allocation.namespace, allocation.id),
      ),
      ...orphansOf(views, open).map((orphan) =>
        finding(orphan.kind, orphan.namespace, orphan.allocationId),
      ),
      ...doubled.map(([id]) => finding('namespace_doubled', id, id)),
    ],
  };
};
