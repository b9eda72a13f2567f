import type { ResourceName } from '@yunheng/domain/catalog/resources';
import type { CapacityOverview, PoolCapacity } from '../../api/types.ts';

/** The four ways in which the province counts compute: two architectures in cores, two accelerators in cards. */
export const columns = [
  { id: 'x86', resource: 'cpu', label: 'x86' },
  { id: 'arm', resource: 'cpu', label: 'ARM' },
  { id: 'gpu', resource: 'gpu', label: 'GPU' },
  { id: 'npu', resource: 'npu', label: 'NPU' },
] as const satisfies readonly { id: string; resource: ResourceName; label: string }[];

export type ColumnId = (typeof columns)[number]['id'];
export type Column = (typeof columns)[number];

/** Sum of some pools for one resource; `supply` 0 means that there is nothing of the kind. */
export type Sum = {
  supply: number;
  allocated: number;
  held: number;
  free: number;
  physical: number;
};

export type MatrixRow = {
  node: PoolCapacity['cloudNode'];
  pools: readonly PoolCapacity[];
  /** The oldest reading of its pools: what is shown is as old as that. */
  observedAt: number | null;
};

export const tierOrder = ['provincial', 'industry', 'city', 'edge'] as const;

export function isInColumn(pool: PoolCapacity, column: ColumnId): boolean {
  switch (column) {
    case 'x86':
      return pool.pool.arch === 'x86-64' && pool.pool.poolClass === 'general';
    case 'arm':
      return pool.pool.arch === 'arm64' && pool.pool.poolClass === 'general';
    case 'gpu':
      return pool.pool.poolClass === 'gpu';
    case 'npu':
      return pool.pool.poolClass === 'npu';
  }
}

export function sumOf(pools: readonly PoolCapacity[], column: Column): Sum {
  const sum: Sum = { supply: 0, allocated: 0, held: 0, free: 0, physical: 0 };
  for (const pool of pools) {
    if (!isInColumn(pool, column.id)) continue;
    const cell = pool.cells.find((entry) => entry.resource === column.resource);
    if (cell === undefined) continue;
    sum.supply += cell.supply;
    sum.allocated += cell.allocated;
    sum.held += cell.held;
    sum.free += cell.free;
    sum.physical += Math.round((cell.supply * 1_000) / pool.pool.overcommitPermille);
  }
  return sum;
}

/** Rows by tier: the order of the plan. */
export function rowsOf(overview: CapacityOverview): MatrixRow[] {
  const rows = new Map<string, PoolCapacity[]>();
  for (const pool of overview.pools)
    rows.set(pool.cloudNode.id, [...(rows.get(pool.cloudNode.id) ?? []), pool]);
  return [...rows.values()]
    .flatMap((pools) => {
      const node = pools[0]?.cloudNode;
      return node === undefined ? [] : [{ node, pools, observedAt: oldest(pools) }];
    })
    .toSorted(
      (a, b) =>
        // Within a tier as the server lists them: by administrative division.
        tierOrder.indexOf(a.node.tier) - tierOrder.indexOf(b.node.tier),
    );
}

function oldest(pools: readonly PoolCapacity[]): number | null {
  const times = pools.flatMap((pool) => (pool.observedAt === null ? [] : [pool.observedAt]));
  return times.length < pools.length || times.length === 0 ? null : Math.min(...times);
}

export function occupancyOf(sum: Sum): number {
  return sum.supply <= 0 ? 0 : (sum.allocated + sum.held) / sum.supply;
}

const grades = [0.4, 0.55, 0.7, 0.8, 0.9] as const;

/** Step of the one hue, 0 to 5; the last begins at the warning line. */
export function gradeOf(occupancy: number): number {
  return grades.filter((threshold) => occupancy >= threshold).length;
}

export type CellRef = { node: string; column: ColumnId };

export function parseCell(text: string | undefined): CellRef | undefined {
  const at = text?.lastIndexOf('.') ?? -1;
  if (text === undefined || at < 1) return undefined;
  const column = columns.find((entry) => entry.id === text.slice(at + 1));
  return column === undefined ? undefined : { node: text.slice(0, at), column: column.id };
}

export function formatCell(ref: CellRef): string {
  return `${ref.node}.${ref.column}`;
}
