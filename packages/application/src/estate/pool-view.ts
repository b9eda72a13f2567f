import { capacityTotals } from '@yunheng/db/queries/capacity';
import { cloudNodes, clusters, pools } from '@yunheng/db/queries/estate';
import type { Row, Store } from '@yunheng/db/store';
import type { Architecture, PoolClass } from '@yunheng/domain/catalog/resources';
import type { Instant } from '@yunheng/kernel/clock';
import { cellsByPool, type CapacityCell } from './cells.ts';

export interface PoolView {
  readonly pool: {
    readonly id: string;
    readonly code: string;
    readonly arch: Architecture;
    readonly poolClass: PoolClass;
    readonly overcommitPermille: number;
  };
  readonly cluster: string;
  readonly cloudNode: Pick<Row<'cloudNodes'>, 'id' | 'code' | 'name' | 'tier'>;
  readonly cells: readonly CapacityCell[];
  readonly observedAt: Instant | null;
}

/** Every pool, or one, with what both sides of the ledger say about it: four statements whatever their number. */
export async function readPoolViews(store: Store, poolId: string | null): Promise<PoolView[]> {
  const [poolRows, nodeRows, clusterRows, totals] = await Promise.all([
    pools(store),
    cloudNodes(store),
    clusters(store),
    capacityTotals(store, poolId),
  ]);
  const nodes = new Map(nodeRows.map((row) => [row.id, row]));
  const names = new Map(clusterRows.map((row) => [row.id, row.name]));
  const cells = cellsByPool(totals);
  return poolRows.flatMap((row) => {
    const node = nodes.get(row.cloudNodeId);
    if (node === undefined || (poolId !== null && row.id !== poolId)) return [];
    const { id, code, arch, poolClass, overcommitPermille } = row;
    return [
      {
        pool: { id, code, arch, poolClass, overcommitPermille },
        cluster: names.get(row.clusterId) ?? '',
        cloudNode: { id: node.id, code: node.code, name: node.name, tier: node.tier },
        cells: cells.get(id) ?? [],
        observedAt: row.observedAt,
      },
    ];
  });
}
