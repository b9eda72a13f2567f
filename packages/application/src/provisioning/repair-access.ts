import { openRevocations, revocationFacts } from '@yunheng/db/queries/access';
import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import type { Row } from '@yunheng/db/store';
import type { Cluster, Clusters, PersonAccount } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { settleRevocation } from './run-revocation.ts';
import { compareAccess } from './stale-access.ts';

/**
 * Takes away what stands without a right, however it came to stand: a worker that died between account and answer, a
 * cluster that was away for too long, a backup that was put back. Answers with the accounts that it removed.
 */
export async function repairAccess(
  deps: Deps,
  clusters: Clusters,
): Promise<readonly PersonAccount[]> {
  const rows = await clusterRows(deps.store);
  const removed = await Promise.all(
    rows.map(async (row) => {
      const cluster = clusters.of(row.name);
      return cluster === null ? [] : repairCluster(deps, row, cluster);
    }),
  );
  return removed.flat();
}

async function repairCluster(
  deps: Deps,
  row: Row<'clusters'>,
  cluster: Cluster,
): Promise<readonly PersonAccount[]> {
  try {
    // Read first: whatever a revocation of then was ordered for is among the accounts that are compared now.
    const failed = (await openRevocations(deps.store, row.id)).filter(isFailed);
    const { stale } = await compareAccess(deps, { row, cluster, personId: null });
    if (stale.length > 0) await remove(deps, cluster, stale);
    for (const { id } of failed) await close(deps, id);
    return stale;
  } catch (error) {
    // Away, busy, or still refused: the next round looks again, and whoever waits for it has been told.
    if (!(error instanceof AdapterError)) throw error;
    return [];
  }
}

const isFailed = ({ state }: { readonly state: string }): boolean => state === 'failed';

/** Written before the effect: nobody loses access that the trail does not know. */
async function remove(
  deps: Deps,
  cluster: Cluster,
  stale: readonly PersonAccount[],
): Promise<void> {
  for (const account of stale) {
    const { namespace, personId } = account;
    await deps.store.commit({
      audit: auditOf(deps, systemCall, {
        action: 'access.repair',
        subjectKind: 'user',
        subjectId: personId,
        tenantId: null,
        detail: { cluster: cluster.name, namespace },
      }),
    });
    await cluster.revokeAccess(account);
  }
}

async function close(deps: Deps, id: string): Promise<void> {
  const facts = await revocationFacts(deps.store, id);
  if (facts?.revocation.state !== 'failed') return;
  await settleRevocation(deps, facts, { event: { kind: 'removed' }, params: {} });
}
