import { and, asc, count, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

export interface InboxPage {
  readonly viewerId: string;
  readonly sort: 'due' | 'submitted' | 'amount';
  readonly page: number;
  readonly size: number;
}

interface Seat {
  readonly role: string;
  readonly departmentId: string | null;
}

/**
 * Requests whose current step waits for one of these roles; a department's role in its department only. What the
 * viewer submitted or has decided on already waits for somebody else (law A2). Null where nobody holds a role.
 */
function waitingFor(store: Store, seats: readonly Seat[], viewerId: string): SQL | null {
  const { quotaRequests: table, approvalSteps: steps, requestRevisions } = store.tables;
  if (seats.length === 0) return null;
  const seatConditions = seats.map(
    (seat) =>
      sql`(cast(${steps.roles} as text) like ${`%"${seat.role}"%`}${seat.departmentId === null ? sql`` : sql` and ${table.departmentId} = ${seat.departmentId}`})`,
  );
  return sql`${table.state} = 'in_review' and ${steps.state} = 'current' and (${sql.join(seatConditions, sql` or `)}) and not exists (select 1 from ${requestRevisions} where ${requestRevisions.requestId} = ${table.id} and ${requestRevisions.submittedBy} = ${viewerId}) and not exists (select 1 from ${steps} where ${steps.requestId} = ${table.id} and ${steps.revision} = ${table.revision} and ${steps.decidedBy} = ${viewerId})`;
}

export async function inboxTodo(
  store: Store,
  seats: readonly Seat[],
  page: InboxPage,
): Promise<{ rows: Row<'quotaRequests'>[]; total: number }> {
  const { quotaRequests: table, approvalSteps: steps, requestLines } = store.tables;
  const where = waitingFor(store, seats, page.viewerId);
  if (where === null) return { rows: [], total: 0 };
  const order = {
    due: asc(table.dueAt),
    submitted: asc(table.submittedAt),
    amount: desc(
      sql`(select coalesce(sum(${requestLines.amount}), 0) from ${requestLines} where ${requestLines.requestId} = ${table.id} and ${requestLines.revision} = ${table.revision} and ${requestLines.resource} = 'cpu')`,
    ),
  }[page.sort];
  const rows = await store.read
    .select({ request: table })
    .from(table)
    .innerJoin(steps, eq(steps.id, table.currentStepId))
    .where(where)
    .orderBy(order, asc(table.id))
    .limit(page.size)
    .offset((page.page - 1) * page.size);
  const [total] = await store.read
    .select({ value: count() })
    .from(table)
    .innerJoin(steps, eq(steps.id, table.currentStepId))
    .where(where);
  return { rows: rows.map((row) => row.request), total: total?.value ?? 0 };
}

/** Those of the requests that wait for this person. */
export async function waitingAmong(
  store: Store,
  seats: readonly Seat[],
  of: { readonly viewerId: string; readonly requestIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { quotaRequests: table, approvalSteps: steps } = store.tables;
  const where = waitingFor(store, seats, of.viewerId);
  if (where === null || of.requestIds.length === 0) return new Set();
  const rows = await store.read
    .select({ id: table.id })
    .from(table)
    .innerJoin(steps, eq(steps.id, table.currentStepId))
    .where(and(inArray(table.id, [...of.requestIds]), where));
  return new Set(rows.map(({ id }) => id));
}

/** Requests on which this person has decided, the latest first. */
export async function inboxDone(
  store: Store,
  userId: string,
  page: { readonly page: number; readonly size: number },
): Promise<{ rows: Row<'quotaRequests'>[]; total: number }> {
  const { quotaRequests: table, approvalSteps: steps } = store.tables;
  const where = sql`exists (select 1 from ${steps} where ${steps.requestId} = ${table.id} and ${steps.decidedBy} = ${userId})`;
  const rows = await store.read
    .select()
    .from(table)
    .where(where)
    .orderBy(desc(table.updatedAt), desc(table.id))
    .limit(page.size)
    .offset((page.page - 1) * page.size);
  return { rows, total: await store.read.$count(table, where) };
}
