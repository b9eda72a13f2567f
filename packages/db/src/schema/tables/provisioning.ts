import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Columns } from '../../columns/postgres.ts';

export type TaskKind = 'open' | 'change' | 'release' | 'restore';

/** queued -> (waiting_cluster) -> running -> done; waiting_vacate and grace wait on purpose, failed waits for a person. */
export type TaskState =
  | 'queued'
  | 'waiting_cluster'
  | 'running'
  | 'waiting_vacate'
  | 'grace'
  | 'done'
  | 'failed';

/** queued -> (waiting_cluster) -> done; failed waits for a person and is tried again by the reconciler. */
export type RevocationState = 'queued' | 'waiting_cluster' | 'failed' | 'done';

export const defineProvisioning = (c: Columns) => ({
  provisioningTasks: c.table(
    'provisioning_tasks',
    {
      id: c.id().primaryKey(),
      tenantId: c.id().notNull(),
      requestId: c.id().notNull(),
      allocationId: c.id().notNull(),
      kind: c.text().$type<TaskKind>().notNull(),
      state: c.text().$type<TaskState>().notNull(),
      /** Target totals per resource; empty for a release. */
      target: c.json<ResourceAmounts>().notNull(),
      generation: c.integer().notNull(),
      /** Last step reached, see domain/provisioning/steps. */
      step: c.text(),
      attempts: c.integer().notNull(),
      /** Nothing without deadline and owner (law P7). */
      deadlineAt: c.instant().notNull(),
      ownerRole: c.text().notNull(),
      /** When the task wants to be looked at next: grace end, retry, poll. */
      nextAt: c.instant().notNull(),
      errorCode: c.text(),
      errorParams: c.json<ErrorParams>(),
      createdAt: c.instant().notNull(),
      finishedAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.index('provisioning_tasks_request_ix').on(t.requestId),
      c.index('provisioning_tasks_allocation_ix').on(t.allocationId),
      c.index('provisioning_tasks_state_ix').on(t.state, t.nextAt),
    ],
  ),
  /** One person's access on one cluster has to go: written with the act that takes the right away, never deleted. */
  accessRevocations: c.table(
    'access_revocations',
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      clusterId: c.id().notNull(),
      /** Where the right was lost; null: everywhere. */
      departmentId: c.id(),
      reason: c.text().$type<'roles' | 'disabled' | 'password'>().notNull(),
      /** Version of the person's row after the act: an account that bears a lower one was made before it. */
      epoch: c.integer().notNull(),
      orderedBy: c.id().notNull(),
      state: c.text().$type<RevocationState>().notNull(),
      attempts: c.integer().notNull(),
      deadlineAt: c.instant().notNull(),
      ownerRole: c.text().notNull(),
      errorCode: c.text(),
      createdAt: c.instant().notNull(),
      finishedAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.index('access_revocations_user_ix').on(t.userId),
      c.index('access_revocations_state_ix').on(t.state, t.deadlineAt),
    ],
  ),
  /** The live timeline of a request: append-only, ordered by id. What SSE resumes from. */
  requestEvents: c.table(
    'request_events',
    {
      id: c.id().primaryKey(),
      requestId: c.id().notNull(),
      tenantId: c.id().notNull(),
      at: c.instant().notNull(),
      kind: c.text().notNull(),
      actorId: c.id(),
      params: c.json<ErrorParams>().notNull(),
    },
    (t) => [c.index('request_events_request_ix').on(t.requestId, t.id)],
  ),
  outbox: c.table(
    'outbox',
    {
      id: c.id().primaryKey(),
      topic: c.text().$type<'provision' | 'revoke'>().notNull(),
      /** Ordered per aggregate: only the oldest unfinished row of one is handed over. */
      aggregateId: c.id().notNull(),
      subjectId: c.id().notNull(),
      /** Counts hand-overs: jobId = id + wake. */
      wake: c.integer().notNull(),
      createdAt: c.instant().notNull(),
      nextAt: c.instant().notNull(),
      doneAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.index('outbox_pending_ix').on(t.doneAt, t.nextAt),
      c.index('outbox_aggregate_ix').on(t.aggregateId),
    ],
  ),
  notices: c.table(
    'notices',
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      kind: c.text().$type<'act' | 'told'>().notNull(),
      code: c.text().notNull(),
      params: c.json<ErrorParams>().notNull(),
      requestId: c.id(),
      createdAt: c.instant().notNull(),
      readAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [c.index('notices_user_ix').on(t.userId, t.readAt)],
  ),
});
