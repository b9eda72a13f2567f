import { and, eq, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Row, Store } from '../../store.ts';

/** Holds beside what both books hold for the same line. */
export async function holdBalances(store: Store): Promise<{
  readonly live: readonly Row<'holds'>[];
  readonly held: readonly Row<'ledgerBalances'>[];
}> {
  const { holds, ledgerBalances } = store.tables;
  const [live, held] = await Promise.all([
    store.read.select().from(holds).where(eq(holds.state, 'live')),
    store.read
      .select()
      .from(ledgerBalances)
      .where(and(eq(ledgerBalances.stage, 'held'), ne(ledgerBalances.balance, 0))),
  ]);
  return { live, held };
}

/** Holds that say they are over and when they are not, or the other way round. */
export async function contradictoryHolds(
  store: Store,
): Promise<{ readonly checked: number; readonly ids: readonly string[] }> {
  const { holds: table } = store.tables;
  const [rows, checked] = await Promise.all([
    store.read
      .select({ id: table.id })
      .from(table)
      .where(
        or(
          and(eq(table.state, 'live'), isNotNull(table.endedAt)),
          and(ne(table.state, 'live'), isNull(table.endedAt)),
        ),
      ),
    store.read.$count(table),
  ]);
  return { checked, ids: rows.map(({ id }) => id) };
}

/** Live holds whose line or request is gone or over: nobody would ever end them. */
export async function ownerlessHolds(store: Store): Promise<readonly string[]> {
  const { holds, requestLines, quotaRequests } = store.tables;
  const rows = await store.read
    .select({ id: holds.id })
    .from(holds)
    .leftJoin(requestLines, eq(requestLines.id, holds.lineId))
    .leftJoin(quotaRequests, eq(quotaRequests.id, holds.requestId))
    .where(
      and(
        eq(holds.state, 'live'),
        or(
          isNull(requestLines.id),
          isNull(quotaRequests.id),
          sql`${quotaRequests.state} not in ('in_review', 'approved', 'failed')`,
        ),
      ),
    );
  return rows.map(({ id }) => id);
}

const largest = Number.MAX_SAFE_INTEGER;

/** Law L3, asked of the database: SQLite keeps a fraction where one was written. */
export async function inexactAmounts(
  store: Store,
): Promise<{ readonly checked: number; readonly found: readonly string[] }> {
  const { ledgerEntries, ledgerBalances, requestLines, holds } = store.tables;
  const inexact = (column: AnyPgColumn) =>
    sql`(cast(${column} as bigint) <> ${column} or abs(${column}) > ${largest})`;
  const [entries, balances, lines, held] = await Promise.all([
    store.read
      .select({ name: ledgerEntries.transferId })
      .from(ledgerEntries)
      .where(inexact(ledgerEntries.amount)),
    store.read
      .select({ name: ledgerBalances.account })
      .from(ledgerBalances)
      .where(inexact(ledgerBalances.balance)),
    store.read
      .select({ name: requestLines.id })
      .from(requestLines)
      .where(or(inexact(requestLines.amount), lt(requestLines.amount, 0))),
    store.read
      .select({ name: holds.id })
      .from(holds)
      .where(or(inexact(holds.amount), lt(holds.amount, 1))),
  ]);
  const counts = await Promise.all([
    store.read.$count(ledgerEntries),
    store.read.$count(ledgerBalances),
    store.read.$count(requestLines),
    store.read.$count(holds),
  ]);
  const found = [...entries, ...balances, ...lines, ...held].map(({ name }) => name);
  return { checked: counts.reduce((sum, one) => sum + one, 0), found };
}
