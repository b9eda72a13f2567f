import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import type { Store } from '@yunheng/db/store';
import type { SystemStatus } from '@yunheng/rpc/installation';
import type { ClusterRegistry } from './registry.ts';

type ClusterState = SystemStatus['clusters'][number];

/** What the strip at the top of the console says of each cluster: the rows, and what this process is preparing. */
export async function clusterStates(
  store: Store,
  registry: ClusterRegistry,
): Promise<ClusterState[]> {
  const rows = await clusterRows(store);
  return rows.map((row) => {
    const entry = registry.entries().find((candidate) => candidate.name === row.name);
    const step = entry?.progress ?? null;
    return {
      name: row.name,
      state: stateOf(row.state, entry),
      step:
        step === null
          ? null
          : {
              code: step.code.replace('.', '_'),
              index: step.step,
              total: step.total,
              since: step.startedAt,
            },
      lastSeenAt: row.lastSeenAt,
      version: row.kubernetesVersion,
    };
  });
}

function stateOf(
  row: 'preparing' | 'ready' | 'away',
  entry: ReturnType<ClusterRegistry['entries']>[number] | undefined,
): ClusterState['state'] {
  if (entry === undefined) return 'none';
  if (entry.failure !== null) return 'away';
  if (entry.cluster === null) return 'preparing';
  return row === 'away' ? 'away' : 'ready';
}
