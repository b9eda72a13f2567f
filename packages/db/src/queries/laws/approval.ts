import { and, asc, count, eq, gt, inArray, isNotNull, notExists } from 'drizzle-orm';
import type { Row, Store } from '../../store.ts';

/** What the laws of approval are judged on: a submitted request with everything that was decided about it. */
export interface RequestEvidence {
  readonly request: Row<'quotaRequests'>;
  readonly revisions: readonly Row<'requestRevisions'>[];
  readonly steps: readonly Row<'approvalSteps'>[];
  readonly grants: readonly Row<'quotaGrants'>[];
  readonly tasks: readonly Row<'provisioningTasks'>[];
  /** Events that tell of a decision. */
  readonly decisionEvents: number;
}

const decisionEvents = ['step_approved', 'step_returned', 'step_rejected'];

/** One page of the walk over all submitted requests, by id. */
export async function requestEvidence(
  store: Store,
  afterId: string,
  limit: number,
): Promise<RequestEvidence[]> {
  const { quotaRequests, requestRevisions, approvalSteps, quotaGrants, provisioningTasks } =
    store.tables;
  const requests = await store.read
    .select()
    .from(quotaRequests)
    .where(and(gt(quotaRequests.id, afterId), isNotNull(quotaRequests.submittedAt)))
    .orderBy(asc(quotaRequests.id))
    .limit(limit);
  const ids = requests.map((request) => request.id);
  if (ids.length === 0) return [];
  const [revisions, steps, grants, tasks, events] = await Promise.all([
    store.read.select().from(requestRevisions).where(inArray(requestRevisions.requestId, ids)),
    store.read
      .select()
      .from(approvalSteps)
      .where(inArray(approvalSteps.requestId, ids))
      .orderBy(asc(approvalSteps.revision), asc(approvalSteps.seq)),
    store.read.select().from(quotaGrants).where(inArray(quotaGrants.requestId, ids)),
    store.read.select().from(provisioningTasks).where(inArray(provisioningTasks.requestId, ids)),
    decisionEventCounts(store, ids),
  ]);
  const of = <R extends { readonly requestId: string }>(rows: readonly R[]) =>
    Map.groupBy(rows, (row) => row.requestId);
  const [revisionsOf, stepsOf, grantsOf, tasksOf] = [
    of(revisions),
    of(steps),
    of(grants),
    of(tasks),
  ];
  return requests.map((request) => ({
    request,
    revisions: revisionsOf.get(request.id) ?? [],
    steps: stepsOf.get(request.id) ?? [],
    grants: grantsOf.get(request.id) ?? [],
    tasks: tasksOf.get(request.id) ?? [],
    decisionEvents: events.get(request.id) ?? 0,
  }));
}

async function decisionEventCounts(
  store: Store,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { requestEvents: table } = store.tables;
  const rows = await store.read
    .select({ requestId: table.requestId, count: count() })
    .from(table)
    .where(and(inArray(table.requestId, [...requestIds]), inArray(table.kind, decisionEvents)))
    .groupBy(table.requestId);
  return new Map(rows.map((row) => [row.requestId, row.count]));
}

export const policyVersions = (store: Store): Promise<Row<'versionedDocuments'>[]> => {
  const { versionedDocuments: table } = store.tables;
  return store.read.select().from(table).where(eq(table.kind, 'policy'));
};

export const allRoleGrants = (store: Store): Promise<Row<'roleGrants'>[]> =>
  store.read.select().from(store.tables.roleGrants);

/** Allocations that more than one task has opened, or that no request was granted. */
export async function allocationOrigins(store: Store): Promise<{
  readonly checked: number;
  readonly openedTwice: readonly string[];
  readonly ungranted: readonly string[];
}> {
  const { allocations, provisioningTasks: tasks, quotaGrants } = store.tables;
  const [openedTwice, ungranted, checked] = await Promise.all([
    store.read
      .select({ id: tasks.allocationId })
      .from(tasks)
      .where(eq(tasks.kind, 'open'))
      .groupBy(tasks.allocationId)
      .having(gt(count(), 1)),
    store.read
      .select({ id: allocations.id })
      .from(allocations)
      .where(
        notExists(
          store.read
            .select({ id: quotaGrants.id })
            .from(quotaGrants)
            .where(eq(quotaGrants.allocationId, allocations.id)),
        ),
      ),
    store.read.$count(allocations),
  ]);
  return {
    checked,
    openedTwice: openedTwice.map(({ id }) => id),
    ungranted: ungranted.map(({ id }) => id),
  };
}
