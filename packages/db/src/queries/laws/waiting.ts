import { and, eq, inArray, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import type { Row, Store } from '../../store.ts';

export async function unfinishedTasks(store: Store): Promise<Row<'provisioningTasks'>[]> {
  const { provisioningTasks: table } = store.tables;
  return store.read.select().from(table).where(ne(table.state, 'done'));
}

/** Tasks of these that gave something back already. */
export async function freedByTasks(
  store: Store,
  taskIds: readonly string[],
): Promise<readonly string[]> {
  if (taskIds.length === 0) return [];
  const { ledgerTransfers: table } = store.tables;
  const rows = await store.read
    .select({ taskId: table.causeId })
    .from(table)
    .where(and(eq(table.causeKind, 'free'), inArray(table.causeId, [...taskIds])));
  return rows.map(({ taskId }) => taskId);
}

/** Requests in review whose current step is missing, unknown, or without a deadline. */
export async function undatedReviews(
  store: Store,
): Promise<{ readonly checked: number; readonly ids: readonly string[] }> {
  const { quotaRequests, approvalSteps } = store.tables;
  const inReview = eq(quotaRequests.state, 'in_review');
  const [rows, checked] = await Promise.all([
    store.read
      .select({ id: quotaRequests.id })
      .from(quotaRequests)
      .leftJoin(approvalSteps, eq(approvalSteps.id, quotaRequests.currentStepId))
      .where(
        and(
          inReview,
          or(
            isNull(approvalSteps.id),
            ne(approvalSteps.state, 'current'),
            isNull(approvalSteps.dueAt),
            isNull(quotaRequests.dueAt),
            sql`cast(${approvalSteps.roles} as text) = '[]'`,
          ),
        ),
      ),
    store.read.$count(quotaRequests, inReview),
  ]);
  return { checked, ids: rows.map(({ id }) => id) };
}

/** Requests that wait for provisioning or a person although no task of theirs is open. */
export async function idleRequests(
  store: Store,
): Promise<{ readonly checked: number; readonly ids: readonly string[] }> {
  const { quotaRequests, provisioningTasks: tasks } = store.tables;
  const waiting = inArray(quotaRequests.state, ['approved', 'failed']);
  const openTask = store.read
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.requestId, quotaRequests.id), ne(tasks.state, 'done')));
  const [rows, checked] = await Promise.all([
    store.read
      .select({ id: quotaRequests.id })
      .from(quotaRequests)
      .where(and(waiting, notExists(openTask))),
    store.read.$count(quotaRequests, waiting),
  ]);
  return { checked, ids: rows.map(({ id }) => id) };
}

/** What each allocation that stands was promised and what its ledger account holds, to compare with use. */
export const activeAllocations = (
  store: Store,
  clusterId: string,
): Promise<Row<'allocations'>[]> => {
  const { allocations: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.clusterId, clusterId), inArray(table.state, ['active', 'suspended'])));
};
