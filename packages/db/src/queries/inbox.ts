import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

export interface InboxPage {
  readonly viewerId: string;
  readonly sort: 'due' | 'submitted' | 'amount';
  readonly page: number;
  readonly size: number;
}

/**
 * Requests whose current step waits for one of these roles; a department's role in its department only. What the
 * viewer submitted or has decided on already waits for somebody else (law A2).
 */
export async function inboxTodo(
  store: Store,
  seats: readonly { readonly role: string; readonly departmentId: string | null }[],
  page: InboxPage,
): Promise<{ rows: Row<'quotaRequests'>[]; total: number }> {
  const {
    quotaRequests: table,
    approvalSteps: steps,
    requestRevisions,
    requestLines,
  } = store.tables;
  const seatConditions = seats.map(
    (seat) =>
      sql`(cast(${steps.roles} as text) like ${`%"${seat.role}"%`}${seat.departmentId === null ? sql`` : sql` and ${table.departmentId} = ${seat.departmentId}`})`,
  );
  if (seatConditions.length === 0) return { rows: [], total: 0 };
  const where = and(
    eq(table.state, 'in_review'),
    eq(steps.state, 'current'),
    sql`(${sql.join(seatConditions, sql` or `)})`,
    sql`not exists (select 1 from ${requestRevisions} where ${requestRevisions.requestId} = ${table.id} and ${requestRevisions.submittedBy} = ${page.viewerId})`,
    sql`not exists (select 1 from ${steps} where ${steps.requestId} = ${table.id} and ${steps.revision} = ${table.revision} and ${steps.decidedBy} = ${page.viewerId})`,
  );
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
