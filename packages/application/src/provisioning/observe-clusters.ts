import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import type { Row } from '@yunheng/db/store';
import type {
  Cluster,
  ClusterIdentity,
  Clusters,
  PoolReading,
} from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { supplyRows, type SupplyFinding } from './supply-rows.ts';
import { terms } from './terms.ts';

export type ClusterFinding =
  | SupplyFinding
  /** Another cluster answers under the name: nothing is read from it (a cluster is its kube-system's UID). */
  | { readonly kind: 'cluster_exchanged'; readonly cluster: string; readonly uid: string };

export interface ObservedClusters {
  readonly ready: readonly string[];
  readonly away: readonly string[];
  readonly findings: readonly ClusterFinding[];
}

/** Looks at every cluster: is it there, is it the same, what can it carry. Capacity goes into the ledger as supply. */
export async function observeClusters(deps: Deps, clusters: Clusters): Promise<ObservedClusters> {
  const rows = await clusterRows(deps.store);
  const seen = await Promise.all(rows.map((row) => observeOne(deps, row, clusters.of(row.name))));
  return {
    ready: seen.filter((one) => one.ready).map((one) => one.name),
    away: seen.filter((one) => !one.ready).map((one) => one.name),
    findings: seen.flatMap((one) => one.findings),
  };
}

interface Seen {
  readonly name: string;
  readonly ready: boolean;
  readonly findings: readonly ClusterFinding[];
}

async function observeOne(
  deps: Deps,
  row: Row<'clusters'>,
  cluster: Cluster | null,
): Promise<Seen> {
  const reading = cluster === null ? null : await read(cluster);
  if (reading === null) return away(deps, row);
  const { identity, pools } = reading;
  if (row.uid !== null && row.uid !== identity.uid) {
    const seen = await away(deps, row);
    const finding = { kind: 'cluster_exchanged', cluster: row.name, uid: identity.uid } as const;
    return { ...seen, findings: [finding] };
  }
  const supply = await supplyRows(deps, row, pools);
  const now = deps.clock.business();
  const known =
    row.state === 'ready' &&
    row.kubernetesVersion === identity.version &&
    now - (row.lastSeenAt ?? 0) < terms.seenMs;
  if (!known || supply.updates.length > 0)
    await deps.store.commit({
      audit: auditOf(deps, systemCall, {
        action: 'estate.observe',
        subjectKind: 'cluster',
        subjectId: row.id,
        tenantId: null,
        detail: { cluster: row.name, state: 'ready', pools: supply.updates.length },
      }),
      transfers: supply.transfers,
      updates: [
        ...supply.updates,
        {
          table: 'clusters',
          key: row.id,
          version: row.version,
          set: {
            state: 'ready',
            uid: identity.uid,
            kubernetesVersion: identity.version,
            lastSeenAt: now,
          },
        },
      ],
    });
  return { name: row.name, ready: true, findings: supply.findings };
}

interface Reading {
  readonly identity: ClusterIdentity;
  readonly pools: readonly PoolReading[];
}

/** Null when it does not answer; what it refuses to show is a configuration that somebody has to mend, and thrown. */
async function read(cluster: Cluster): Promise<Reading | null> {
  try {
    const [identity, pools] = await Promise.all([cluster.identify(), cluster.readPools()]);
    return { identity, pools };
  } catch (error) {
    if (error instanceof AdapterError && error.code === 'cluster.unavailable') return null;
    throw error;
  }
}

/** A cluster that was never there is still being prepared; said once, not at every look. */
async function away(deps: Deps, row: Row<'clusters'>): Promise<Seen> {
  const seen = { name: row.name, ready: false, findings: [] };
  if (row.state !== 'ready') return seen;
  await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'estate.observe',
      subjectKind: 'cluster',
      subjectId: row.id,
      tenantId: null,
      detail: { cluster: row.name, state: 'away' },
    }),
    updates: [{ table: 'clusters', key: row.id, version: row.version, set: { state: 'away' } }],
  });
  return seen;
}
