import type { Instant } from '@yunheng/kernel/clock';
import type { Amount } from '@yunheng/kernel/quantity';
import { and, asc, eq, inArray, isNull, lte, ne, sql, sum } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

export interface AccountBalance {
  readonly account: string;
  readonly commodity: string;
  readonly balance: Amount;
}

/** What was true at `effective` as far as it was known at `known` (design 7, Two times). */
export interface AsOf {
  readonly effective: Instant;
  readonly known: Instant;
}

/** Summed from the entries, not from the kept rows. Accounts without an entry by then are absent. */
export function balancesAsOf(
  store: Store,
  accounts: readonly string[],
  asOf: AsOf,
): Promise<AccountBalance[]> {
  const { ledgerEntries: entries, ledgerTransfers: transfers } = store.tables;
  return store.read
    .select({
      account: entries.account,
      commodity: entries.commodity,
      balance: sum(entries.amount).mapWith(Number),
    })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(
      and(
        inArray(entries.account, [...accounts]),
        lte(transfers.effectiveAt, asOf.effective),
        lte(transfers.recordedAt, asOf.known),
      ),
    )
    .groupBy(entries.account, entries.commodity)
    .orderBy(asc(entries.account), asc(entries.commodity));
}

export interface ReplayDifference {
  readonly account: string;
  readonly commodity: string;
  /** Null when no balance is kept although entries exist. */
  readonly kept: Amount | null;
  readonly replayed: Amount;
}

/** Law L2: every kept balance against the sum of its entries from zero. The comparison is exact, inside the database. */
export async function replayDifferences(
  store: Store,
): Promise<{ readonly checked: number; readonly differences: readonly ReplayDifference[] }> {
  const { ledgerEntries: entries, ledgerBalances: balances } = store.tables;
  const total = sql`coalesce(sum(${entries.amount}), 0)`;
  const replayed = total.mapWith(Number);
  const moved = await store.read
    .select({
      account: balances.account,
      commodity: balances.commodity,
      kept: balances.balance,
      replayed,
    })
    .from(balances)
    .leftJoin(
      entries,
      and(eq(entries.account, balances.account), eq(entries.commodity, balances.commodity)),
    )
    .groupBy(balances.account, balances.commodity, balances.balance)
    .having(ne(total, balances.balance));
  const missing = await store.read
    .select({ account: entries.account, commodity: entries.commodity, replayed })
    .from(entries)
    .leftJoin(
      balances,
      and(eq(balances.account, entries.account), eq(balances.commodity, entries.commodity)),
    )
    .where(isNull(balances.account))
    .groupBy(entries.account, entries.commodity);
  const checked = await store.read.$count(balances);
  return { checked, differences: [...moved, ...missing.map((row) => ({ ...row, kept: null }))] };
}

/** Law L2: transfers whose entries do not sum to zero in a commodity, or that have no second side. */
export async function unbalancedTransfers(
  store: Store,
): Promise<{ readonly checked: number; readonly transferIds: readonly string[] }> {
  const { ledgerEntries: entries, ledgerTransfers: transfers } = store.tables;
  const rows = await store.read
    .select({ id: transfers.id })
    .from(transfers)
    .leftJoin(entries, eq(entries.transferId, transfers.id))
    .groupBy(transfers.id, entries.commodity)
    .having(sql`count(${entries.seq}) < 2 or sum(${entries.amount}) <> 0`);
  return {
    checked: await store.read.$count(transfers),
    transferIds: [...new Set(rows.map(({ id }) => id))],
  };
}

/** Law L1: balances below their floor, each with what it holds. */
export async function belowFloor(
  store: Store,
): Promise<{ readonly checked: number; readonly balances: readonly Row<'ledgerBalances'>[] }> {
  const { ledgerBalances: table } = store.tables;
  const balances = await store.read
    .select()
    .from(table)
    .where(sql`${table.floor} is not null and ${table.balance} < ${table.floor}`)
    .orderBy(asc(table.account), asc(table.commodity));
  return { checked: await store.read.$count(table), balances };
}

/** Open holds of a pool, a request or a department, the one that ends first at the top. */
export const liveHolds = (
  store: Store,
  of: { readonly poolId?: string; readonly requestId?: string; readonly departmentId?: string },
): Promise<Row<'holds'>[]> => {
  const { holds: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        eq(table.state, 'live'),
        of.poolId === undefined ? undefined : eq(table.poolId, of.poolId),
        of.requestId === undefined ? undefined : eq(table.requestId, of.requestId),
        of.departmentId === undefined ? undefined : eq(table.departmentId, of.departmentId),
      ),
    )
    .orderBy(asc(table.expiresAt), asc(table.id));
};
