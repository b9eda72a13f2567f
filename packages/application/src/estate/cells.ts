import type { StageTotal } from '@yunheng/db/queries/capacity';
import {
  resourceNames,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';

/** One pool and resource: supply = allocated + held + free, because the book sums to zero (laws L1, L2). */
export interface CapacityCell {
  readonly resource: ResourceName;
  readonly supply: number;
  readonly allocated: number;
  readonly held: number;
  readonly free: number;
}

/** Totals of the capacity book as cells by pool, in the order of the resources. */
export function cellsByPool(
  totals: readonly StageTotal[],
): ReadonlyMap<string, readonly CapacityCell[]> {
  const byPool = Map.groupBy(totals, (total) => total.scope);
  return new Map([...byPool].map(([poolId, rows]) => [poolId, cellsOf(rows)]));
}

function cellsOf(rows: readonly StageTotal[]): readonly CapacityCell[] {
  return resourceNames.flatMap((resource) => {
    const own = rows.filter((row) => resourceOf(row.commodity) === resource);
    if (own.every((row) => row.balance === 0)) return [];
    const at = (stage: StageTotal['stage']): number =>
      own.find((row) => row.stage === stage)?.balance ?? 0;
    const supply = -at('supply');
    return [{ resource, supply, allocated: at('allocated'), held: at('held'), free: at('free') }];
  });
}

/** `POOL:cpu` and `quota:cpu` are both about cpu. */
export const resourceOf = (commodity: string): string =>
  commodity.slice(commodity.indexOf(':') + 1);

export const suppliesOf = (cells: readonly CapacityCell[]): ResourceAmounts =>
  Object.fromEntries(cells.map((cell) => [cell.resource, cell.supply]));

export const freeOf = (cells: readonly CapacityCell[]): ResourceAmounts =>
  Object.fromEntries(cells.map((cell) => [cell.resource, cell.free]));
