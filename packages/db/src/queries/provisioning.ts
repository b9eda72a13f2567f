import type { Instant } from '@yunheng/kernel/clock';
import {
  aliasedTable,
  and,
  asc,
  desc,
  eq,
  gt,
  isNull,
  lt,
  lte,
  ne,
  notExists,
  or,
  sql,
} from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

/** Everything that one run of a task decides with, read in one statement. */
export interface TaskFacts {
  readonly task: Row<'provisioningTasks'>;
  readonly allocation: Row<'allocations'>;
  readonly pool: Row<'pools'>;
  readonly cluster: Row<'clusters'>;
  readonly request: Row<'quotaRequests'>;
  /** The wake-up that is not done; null for a task that rests. */
  readonly wake: Row<'outbox'> | null;
}

export async function taskFacts(store: Store, taskId: string): Promise<TaskFacts | null> {
  const { provisioningTasks, allocations, pools, clusters, quotaRequests, outbox } = store.tables;
  const [row] = await store.read
    .select({
      task: provisioningTasks,
      allocation: allocations,
      pool: pools,
      cluster: clusters,
      request: quotaRequests,
      wake: outbox,
    })
    .from(provisioningTasks)
    .innerJoin(allocations, eq(allocations.id, provisioningTasks.allocationId))
    .innerJoin(pools, eq(pools.id, allocations.poolId))
    .innerJoin(clusters, eq(clusters.id, allocations.clusterId))
    .innerJoin(quotaRequests, eq(quotaRequests.id, provisioningTasks.requestId))
    .leftJoin(outbox, and(eq(outbox.subjectId, provisioningTasks.id), isNull(outbox.doneAt)))
    .where(eq(provisioningTasks.id, taskId));
  return row ?? null;
}

/** True when an older task of the same allocation is not done: tasks of one aggregate run in order. */
export async function hasOlderTask(
  store: Store,
  task: Pick<Row<'provisioningTasks'>, 'id' | 'allocationId'>,
): Promise<boolean> {
  const { provisioningTasks: table } = store.tables;
  const count = await store.read.$count(
    table,
    and(eq(table.allocationId, task.allocationId), ne(table.state, 'done'), lt(table.id, task.id)),
  );
  return count > 0;
}

/** Other tasks of the request that are not done: the request is fulfilled with the last of them. */
export async function hasOtherOpenTask(
  store: Store,
  task: Pick<Row<'provisioningTasks'>, 'id' | 'requestId'>,
): Promise<boolean> {
  const { provisioningTasks: table } = store.tables;
  const count = await store.read.$count(
    table,
    and(eq(table.requestId, task.requestId), ne(table.state, 'done'), ne(table.id, task.id)),
  );
  return count > 0;
}

export const liveHoldsOf = (
  store: Store,
  requestId: string,
  poolId: string,
): Promise<Row<'holds'>[]> => {
  const { holds: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.requestId, requestId), eq(table.poolId, poolId), eq(table.state, 'live')))
    .orderBy(asc(table.id));
};

/** Grants of an allocation that are in force. */
export const grantsInForce = (
  store: Store,
  allocationId: string,
): Promise<Row<'quotaGrants'>[]> => {
  const { quotaGrants: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.allocationId, allocationId), isNull(table.effectiveTo)))
    .orderBy(asc(table.id));
};

/**
 * Wake-ups whose time has come, the oldest unfinished one of each aggregate. What waits for its cluster is left alone
 * while the cluster is known to be away, and comes up by itself when it is back.
 */
export async function dueWakes(
  store: Store,
  now: Instant,
  limit: number,
): Promise<Row<'outbox'>[]> {
  const {
    outbox,
    provisioningTasks: tasks,
    accessRevocations,
    allocations,
    clusters,
  } = store.tables;
  const older = aliasedTable(outbox, 'older');
  const rows = await store.read
    .select({ wake: outbox })
    .from(outbox)
    .leftJoin(tasks, eq(tasks.id, outbox.subjectId))
    .leftJoin(allocations, eq(allocations.id, tasks.allocationId))
    .leftJoin(accessRevocations, eq(accessRevocations.id, outbox.subjectId))
    .leftJoin(
      clusters,
      or(eq(clusters.id, allocations.clusterId), eq(clusters.id, accessRevocations.clusterId)),
    )
    .where(
      and(
        isNull(outbox.doneAt),
        lte(outbox.nextAt, now),
        sql`(coalesce(${tasks.state}, ${accessRevocations.state}, '') <> 'waiting_cluster' or ${clusters.state} = 'ready')`,
        notExists(
          store.read
            .select({ id: older.id })
            .from(older)
            .where(
              and(
                eq(older.aggregateId, outbox.aggregateId),
                isNull(older.doneAt),
                lt(older.id, outbox.id),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(outbox.nextAt), asc(outbox.id))
    .limit(limit);
  return rows.map((row) => row.wake);
}

const resting = ['done', 'failed'] as const;

/** Tasks past their deadline that nobody has called failed yet (law P7). */
export const overdueTasks = (
  store: Store,
  now: Instant,
  limit: number,
): Promise<{ readonly id: string }[]> => {
  const { provisioningTasks: table } = store.tables;
  return store.read
    .select({ id: table.id })
    .from(table)
    .where(and(lte(table.deadlineAt, now), sql`${table.state} not in ${[...resting, 'grace']}`))
    .orderBy(asc(table.deadlineAt))
    .limit(limit);
};

/** Tasks under way that no wake-up stands for: an intent must never be lost. */
export const unwokenTasks = (store: Store, limit: number): Promise<Row<'provisioningTasks'>[]> => {
  const { provisioningTasks: table, outbox } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        sql`${table.state} not in ${resting}`,
        notExists(
          store.read
            .select({ id: outbox.id })
            .from(outbox)
            .where(and(eq(outbox.subjectId, table.id), isNull(outbox.doneAt))),
        ),
      ),
    )
    .orderBy(asc(table.id))
    .limit(limit);
};

/** Live and recently ended namespaces of a cluster: what the deletion breaker judges by (law P8). */
export async function deletionFacts(
  store: Store,
  clusterId: string,
  since: Instant,
): Promise<{
  readonly deletedAt: readonly Instant[];
  readonly deleting: number;
  readonly live: number;
}> {
  const { allocations: table } = store.tables;
  const [removed, deleting, live] = await Promise.all([
    store.read
      .select({ at: table.removedAt })
      .from(table)
      .where(
        and(eq(table.clusterId, clusterId), eq(table.state, 'removed'), gt(table.removedAt, since)),
      ),
    store.read.$count(table, and(eq(table.clusterId, clusterId), eq(table.state, 'deleting'))),
    store.read.$count(table, and(eq(table.clusterId, clusterId), ne(table.state, 'removed'))),
  ]);
  return { deletedAt: removed.flatMap(({ at }) => (at === null ? [] : [at])), deleting, live };
}

/** When the grace days of a release end: said once, at suspension. */
export async function graceEnd(store: Store, requestId: string): Promise<Instant | null> {
  const { requestEvents: table } = store.tables;
  const [row] = await store.read
    .select({ params: table.params })
    .from(table)
    .where(and(eq(table.requestId, requestId), eq(table.kind, 'task_suspended')))
    .orderBy(desc(table.id))
    .limit(1);
  const until = row?.params['until'];
  return typeof until === 'number' ? until : null;
}

export const failedTasksOf = (
  store: Store,
  requestId: string,
): Promise<Row<'provisioningTasks'>[]> => {
  const { provisioningTasks: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.requestId, requestId), eq(table.state, 'failed')))
    .orderBy(asc(table.id));
};

/** One allocation as the sweeps compare it with its cluster. */
export interface StandingAllocation {
  readonly allocation: Row<'allocations'>;
  readonly pool: string;
  /** State of its task that is not done, null when none is. */
  readonly task: Row<'provisioningTasks'>['state'] | null;
}

export async function standingAllocations(
  store: Store,
  clusterId: string,
): Promise<StandingAllocation[]> {
  const { allocations, pools, provisioningTasks: tasks } = store.tables;
  const rows = await store.read
    .select({ allocation: allocations, pool: pools.code, task: tasks.state })
    .from(allocations)
    .innerJoin(pools, eq(pools.id, allocations.poolId))
    .leftJoin(tasks, and(eq(tasks.allocationId, allocations.id), ne(tasks.state, 'done')))
    .where(and(eq(allocations.clusterId, clusterId), ne(allocations.state, 'removed')))
    .orderBy(asc(allocations.namespace));
  const first = new Map<string, StandingAllocation>();
  for (const row of rows) if (!first.has(row.allocation.id)) first.set(row.allocation.id, row);
  return [...first.values()];
}

/** Removed allocations by namespace, so that a namespace that is still there is named with its history. */
export const removedAllocations = (
  store: Store,
  clusterId: string,
): Promise<Row<'allocations'>[]> => {
  const { allocations: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.clusterId, clusterId), eq(table.state, 'removed')));
};
