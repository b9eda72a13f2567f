import { and, asc, count, eq, gt, inArray, notExists } from 'drizzle-orm';
import type { Row, Store } from '../../store.ts';

/** Refusals for lack of capacity or quota: what law L5 wants to see in them. */
export const shortageRefusals = (
  store: Store,
  afterId: string,
  limit: number,
): Promise<Row<'auditEntries'>[]> => {
  const { auditEntries: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        gt(table.id, afterId),
        eq(table.outcome, 'refused'),
        inArray(table.errorCode, ['request.capacity_short', 'request.quota_short']),
      ),
    )
    .orderBy(asc(table.id))
    .limit(limit);
};

/** Law S1, from the effects back to the entries: transfers that no entry was written with. */
export async function unauditedTransfers(
  store: Store,
): Promise<{ readonly checked: number; readonly ids: readonly string[] }> {
  const { ledgerTransfers, auditEntries } = store.tables;
  const entry = store.read
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(eq(auditEntries.recordedAt, ledgerTransfers.recordedAt));
  const [rows, checked] = await Promise.all([
    store.read.select({ id: ledgerTransfers.id }).from(ledgerTransfers).where(notExists(entry)),
    store.read.$count(ledgerTransfers),
  ]);
  return { checked, ids: rows.map(({ id }) => id) };
}

export interface ActCount {
  readonly subjectId: string;
  readonly actorId: string;
  readonly count: number;
}

/** How often a person did something about a subject, by the audit. */
export function auditedActs(
  store: Store,
  actions: readonly string[],
  subjectIds: readonly string[],
): Promise<ActCount[]> {
  const { auditEntries: table } = store.tables;
  return store.read
    .select({ subjectId: table.subjectId, actorId: table.actorId, count: count() })
    .from(table)
    .where(
      and(
        inArray(table.subjectId, [...subjectIds]),
        inArray(table.action, [...actions]),
        eq(table.outcome, 'done'),
      ),
    )
    .groupBy(table.subjectId, table.actorId);
}
