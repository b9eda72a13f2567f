import type { Stage } from '@yunheng/domain/ledger/accounts';
import { and, count, eq, lt, sql, sum } from 'drizzle-orm';
import type { Store } from '../store.ts';

/** One stage of one commodity, summed over its owners. Supply is negative: it is where capacity comes from. */
export interface StageTotal {
  readonly scope: string;
  readonly commodity: string;
  readonly stage: Stage;
  readonly balance: number;
}

/** The capacity book of every pool, or of one, in one statement. */
export function capacityTotals(store: Store, poolId: string | null): Promise<StageTotal[]> {
  return totals(store, 'capacity', poolId);
}

/** The quota book of every department, or of one. */
export function quotaTotals(store: Store, departmentId: string | null): Promise<StageTotal[]> {
  return totals(store, 'quota', departmentId);
}

function totals(
  store: Store,
  book: 'capacity' | 'quota',
  scope: string | null,
): Promise<StageTotal[]> {
  const { ledgerBalances: table } = store.tables;
  return store.read
    .select({
      scope: table.scope,
      commodity: table.commodity,
      stage: table.stage,
      balance: sum(table.balance).mapWith(Number),
    })
    .from(table)
    .where(and(eq(table.book, book), scope === null ? undefined : eq(table.scope, scope)))
    .groupBy(table.scope, table.commodity, table.stage);
}

/** What is free in each pool: a few rows a pool, never one an allocation. */
export function freeInPools(store: Store): Promise<StageTotal[]> {
  const { ledgerBalances: table } = store.tables;
  return store.read
    .select({
      scope: table.scope,
      commodity: table.commodity,
      stage: table.stage,
      balance: table.balance,
    })
    .from(table)
    .where(and(eq(table.book, 'capacity'), eq(table.stage, 'free')));
}

/** Below which the authority lets a department's free quota not sink. */
export async function quotaFloors(
  store: Store,
  departmentId: string,
): Promise<ReadonlyMap<string, number>> {
  const { ledgerBalances: table } = store.tables;
  const rows = await store.read
    .select({ commodity: table.commodity, floor: table.floor })
    .from(table)
    .where(and(eq(table.book, 'quota'), eq(table.scope, departmentId), eq(table.stage, 'free')));
  return new Map(rows.map(({ commodity, floor }) => [commodity, floor ?? 0]));
}

/** Live holds, and those of them that end before an instant. */
export async function holdCounts(
  store: Store,
  soon: number,
): Promise<{ readonly count: number; readonly expiringSoon: number }> {
  const { holds: table } = store.tables;
  const [row] = await store.read
    .select({
      count: count(),
      expiringSoon: sql`count(case when ${lt(table.expiresAt, soon)} then 1 end)`.mapWith(Number),
    })
    .from(table)
    .where(eq(table.state, 'live'));
  return row ?? { count: 0, expiringSoon: 0 };
}
