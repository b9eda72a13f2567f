import { documentsByIds } from '@yunheng/db/queries/catalog';
import {
  allStepsOf,
  displayNames,
  entriesOf,
  eventsOf,
  holdsOf,
  linesOf,
  requestById,
  revisionsOf,
  tasksOf,
  transfersByCauses,
} from '@yunheng/db/queries/requests';
import type { Row } from '@yunheng/db/store';
import { workingDaysLeft, type WorkingCalendar } from '@yunheng/domain/approval/working-days';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { authorize } from '../authorize.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { lineViews, type LineView } from './line-views.ts';
import { isForeignDraft } from './open-case.ts';
import { requestActionsFor, type ActionView } from './request-actions-for.ts';
import { requestRows, type RequestRow } from './request-rows.ts';
import { calendarInForce } from './rules-in-force.ts';
import { taskViews, type TaskView, type TaskViewDeps } from './task-views.ts';
import { eventViews, type EventView } from './watch-request.ts';

export interface RequestDetail {
  readonly request: RequestRow;
  readonly reason: string;
  readonly digest: string | null;
  readonly revision: number;
  readonly revisions: { revision: number; digest: string; submittedAt: number }[];
  readonly content: RequestContent;
  readonly allocationId: string | null;
  readonly policy: { id: string; code: string; revision: number; clause: string } | null;
  readonly lines: LineView[];
  readonly steps: StepView[];
  readonly tasks: TaskView[];
  readonly events: EventView[];
  readonly transfers: TransferView[];
  readonly actions: Record<ActionView['name'], { allowed: boolean; reason: string | null }>;
  readonly at: number;
}

interface StepView {
  readonly id: string;
  readonly seq: number;
  readonly code: string;
  readonly roles: string[];
  readonly state: Row<'approvalSteps'>['state'];
  readonly startedAt: number | null;
  readonly dueAt: number | null;
  readonly workingDaysLeft: number | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly opinion: string | null;
}

interface TransferView {
  readonly id: string;
  readonly causeKind: string;
  readonly causeId: string;
  readonly effectiveAt: number;
  readonly recordedAt: number;
  readonly entries: { account: string; commodity: string; amount: number }[];
}

/** Everything about one request that its reader may know: lines, chain, ledger, provisioning, timeline, and what they may do. */
export async function getRequest(
  deps: TaskViewDeps,
  call: Call,
  input: { readonly id: string },
): Outcome<RequestDetail> {
  const { store } = deps;
  const request = await requestById(store, scopeOf(call.actor), input.id);
  if (request === null || isForeignDraft(request, call))
    return err(domainError('access.not_found'));
  const facts = {
    tenantId: request.tenantId,
    departmentId: request.departmentId,
    ownerId: request.applicantId,
  };
  const allowed = authorize(call.actor, 'requests.get', facts);
  if (!allowed.ok) return allowed;

  const now = deps.clock.business();
  const [rows, lines, steps, tasks, holds, events, revisions, calendar] = await Promise.all([
    requestRows(deps, [request]),
    linesOf(store, request.id, request.revision),
    allStepsOf(store, request.id),
    tasksOf(store, request.id),
    holdsOf(store, request.id),
    eventsOf(store, request.id, null),
    revisionsOf(store, request.id),
    calendarInForce(store, now),
  ]);
  const [row] = rows;
  if (row === undefined) return err(domainError('access.not_found'));
  const current = steps.filter((step) => step.revision === request.revision);
  const authorIds = revisions.map((revision) => revision.submittedBy);
  return ok({
    request: row,
    reason: request.content.reason,
    digest: request.digest,
    revision: request.revision,
    revisions: revisions.map(({ revision, digest, submittedAt }) => ({
      revision,
      digest,
      submittedAt,
    })),
    content: request.content,
    allocationId: tasks.at(-1)?.allocationId ?? request.allocationId,
    policy: await policyView(deps, request.policyVersionId),
    lines: await lineViews(deps, { lines, holds, request }),
    steps: await stepViews(deps, current, calendar),
    tasks: await taskViews(deps, tasks),
    events: await eventViews(deps, events),
    transfers: await transferViews(deps, { holds, steps, tasks, request }),
    actions: await requestActionsFor(deps, call, { request, steps: current, tasks, authorIds }),
    at: now,
  });
}

async function policyView(deps: Deps, id: string | null) {
  if (id === null) return null;
  const [row] = await documentsByIds(deps.store, [id]);
  return row === undefined
    ? null
    : { id: row.id, code: row.code, revision: row.revision, clause: row.clause };
}

async function stepViews(
  deps: Deps,
  steps: readonly Row<'approvalSteps'>[],
  calendar: WorkingCalendar,
): Promise<StepView[]> {
  const ids = steps.flatMap((step) => (step.decidedBy === null ? [] : [step.decidedBy]));
  const people = ids.length === 0 ? new Map<string, string>() : await displayNames(deps.store, ids);
  const now = deps.clock.business();
  return steps.map((step) => ({
    id: step.id,
    seq: step.seq,
    code: step.code,
    roles: step.roles,
    state: step.state,
    startedAt: step.startedAt,
    dueAt: step.dueAt,
    workingDaysLeft:
      step.state === 'current' && step.dueAt !== null
        ? workingDaysLeft(now, step.dueAt, calendar)
        : null,
    decidedBy: step.decidedBy === null ? null : (people.get(step.decidedBy) ?? null),
    decidedAt: step.decidedAt,
    opinion: step.opinion,
  }));
}

async function transferViews(
  deps: Deps,
  of: {
    holds: readonly Row<'holds'>[];
    steps: readonly Row<'approvalSteps'>[];
    tasks: readonly Row<'provisioningTasks'>[];
    request: Row<'quotaRequests'>;
  },
): Promise<TransferView[]> {
  const attempts = Math.max(0, ...of.holds.map((hold) => hold.attempt));
  const causes = [
    ...of.steps.map((step) => step.id),
    ...of.tasks.map((task) => task.id),
    ...Array.from({ length: of.request.revision * attempts }, (_, index) => {
      const revision = Math.floor(index / attempts) + 1;
      return `${of.request.id}:${revision}:${(index % attempts) + 1}`;
    }),
  ];
  if (causes.length === 0) return [];
  const transfers = await transfersByCauses(deps.store, causes);
  const entries =
    transfers.length === 0
      ? []
      : await entriesOf(
          deps.store,
          transfers.map((transfer) => transfer.id),
        );
  return transfers.map(({ id, causeKind, causeId, effectiveAt, recordedAt }) => ({
    id,
    causeKind,
    causeId,
    effectiveAt,
    recordedAt,
    entries: entries
      .filter((entry) => entry.transferId === id)
      .map(({ account, commodity, amount }) => ({ account, commodity, amount })),
  }));
}
