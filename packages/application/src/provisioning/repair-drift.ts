import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import { standingAllocations, type StandingAllocation } from '@yunheng/db/queries/provisioning';
import type { Row } from '@yunheng/db/store';
import type { Cluster, Clusters, NamespaceView } from '@yunheng/domain/provisioning/cluster';
import { driftOf } from '@yunheng/domain/provisioning/drift';
import { planNamespace } from '@yunheng/domain/provisioning/plan';
import { AdapterError } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { targetOf } from './target-of.ts';

/**
 * Writes back what somebody changed behind the ledger: labels, isolation, limits, quota (law P2). Missing, foreign and
 * orphaned namespaces are left to a person. Answers with the names of the namespaces that were repaired.
 */
export async function repairDrift(deps: Deps, clusters: Clusters): Promise<readonly string[]> {
  const rows = await clusterRows(deps.store);
  const repaired = await Promise.all(
    rows.map(async (row) => {
      const cluster = clusters.of(row.name);
      return cluster === null ? [] : repairCluster(deps, row, cluster);
    }),
  );
  return repaired.flat();
}

async function repairCluster(
  deps: Deps,
  row: Row<'clusters'>,
  cluster: Cluster,
): Promise<readonly string[]> {
  const repaired: string[] = [];
  try {
    // The cluster first: a change that comes in between is then a task under way, and no drift.
    const views = new Map((await cluster.listManaged()).map((view) => [view.name, view]));
    for (const standing of await standingAllocations(deps.store, row.id)) {
      const { namespace } = standing.allocation;
      if (await repairOne(deps, cluster, { standing, view: views.get(namespace) }))
        repaired.push(namespace);
    }
  } catch (error) {
    // Away or busy: the next round looks again.
    if (!(error instanceof AdapterError)) throw error;
  }
  return repaired;
}

interface Compared {
  readonly standing: StandingAllocation;
  readonly view: NamespaceView | undefined;
}

async function repairOne(
  deps: Deps,
  cluster: Cluster,
  { standing, view }: Compared,
): Promise<boolean> {
  const { allocation, pool, task } = standing;
  if (view === undefined || allocation.state !== 'active' || view.phase === 'terminating')
    return false;
  const { generation, desired, namespaceUid: uid } = allocation;
  const target = targetOf({ allocation, pool: { code: pool }, task: { generation } }, desired);
  const drifts = driftOf({ target, task, uid }, view).filter(({ remedy }) => remedy === 'repair');
  const plan = planNamespace(target, view, { uid });
  if (drifts.length === 0 || !plan.ok || uid === null) return false;
  // Written before the effect, and only while no task has moved the allocation since it was read.
  const outcome = await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'provisioning.repair',
      subjectKind: 'allocation',
      subjectId: allocation.id,
      tenantId: allocation.tenantId,
      detail: { namespace: view.name, drift: drifts.map(({ kind }) => kind).join(',') },
    }),
    updates: [
      {
        table: 'allocations',
        key: allocation.id,
        version: allocation.version,
        set: { generation },
      },
    ],
  });
  if (outcome.kind !== 'done') return false;
  for (const { step } of plan.value.steps) await cluster.apply(step, target, { uid });
  return true;
}
