import { standingAllocations } from '@yunheng/db/queries/provisioning';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import { foreignReason } from '@yunheng/domain/provisioning/plan';
import type { Row } from '@yunheng/db/store';
import type { Deps } from '../deps.ts';
import { sweepClusters, type ClusterSweep, type Finding, type Swept } from './sweep.ts';

/** Law P4: under every name of ours stands the namespace of the UID on record, with our label, naming its allocation. */
export const sweepOwnership = (deps: Deps, clusters: Clusters): Promise<Swept> =>
  sweepClusters(deps, clusters, sweep);

const sweep: ClusterSweep = async (deps, row, cluster) => {
  const standing = await standingAllocations(deps.store, row.id);
  const managed = new Map((await cluster.listManaged()).map((view) => [view.name, view]));
  const known = standing.filter(({ allocation }) => allocation.namespaceUid !== null);
  const reasons = await Promise.all(
    known.map(async ({ allocation }) => {
      // A name that is not among the managed ones may be somebody else's by now: asked for by itself.
      const view =
        managed.get(allocation.namespace) ?? (await cluster.observe(allocation.namespace));
      const expected = { uid: allocation.namespaceUid };
      return view === null ? null : foreignReason({ allocationId: allocation.id }, view, expected);
    }),
  );
  const { uid } = await cluster.identify();
  return {
    checked: known.length + 1,
    findings: [
      ...(row.uid === null || row.uid === uid ? [] : [exchanged(row, cluster, uid)]),
      ...known.flatMap(({ allocation }, index): Finding[] => {
        const reason = reasons[index];
        if (reason === null || reason === undefined) return [];
        const { namespace: subject, id: allocationId } = allocation;
        const detail = { allocationId, reason };
        return [{ law: 'P4', kind: 'namespace_foreign', subject, cluster: row.name, detail }];
      }),
    ],
  };
};

const exchanged = (row: Row<'clusters'>, cluster: Cluster, uid: string): Finding => ({
  law: 'P4',
  kind: 'cluster_exchanged',
  subject: row.name,
  cluster: cluster.name,
  detail: { expected: row.uid, found: uid },
});
