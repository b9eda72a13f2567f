import { balancesOfOwner } from '@yunheng/db/queries/balances';
import { taskFacts, type TaskFacts } from '@yunheng/db/queries/provisioning';
import { tasksOf } from '@yunheng/db/queries/requests';
import type { Change, Insert, Update } from '@yunheng/db/store';
import type { TaskStep } from '@yunheng/domain/provisioning/steps';
import { decideTask, taskRules, type TaskStanding } from '@yunheng/domain/provisioning/task';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { openCase, type OpenCase } from '../requests/open-case.ts';
import { eventRow, noticeTo } from '../requests/people.ts';
import { frozenPolicy } from '../requests/rules-in-force.ts';
import { taskWake } from '../wake-up.ts';
import { allocatedAmounts } from './finish-rows.ts';
import { terms } from './terms.ts';

export interface RestoreInput {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
}

interface Restoring {
  readonly ok: true;
}

/**
 * 停用 is reversible: a release is taken back before its deletion has begun. The ledger never moved, so that there is
 * nothing to hold; the task turns round under the next generation, and its worker restores the namespace.
 */
export function restoreRelease(deps: Deps, call: Call, input: RestoreInput): Outcome<Restoring> {
  return decideAgain(() => once(deps, call, input));
}

async function once(
  deps: Deps,
  call: Call,
  { id, version, reason }: RestoreInput,
): Promise<Result<Restoring, DomainError> | typeof conflicted> {
  const act = { action: 'requests.restore', id, version, can: requestCan.restore } as const;
  const opened = await openCase(deps, call, act);
  if (!opened.ok) return opened;
  const no = (error: DomainError) => refuse(deps, call, { subject: opened.value.subject, error });
  const facts = await factsOf(deps, id);
  if (facts === null)
    return no(domainError('request.wrong_state', { state: opened.value.request.state }));
  const { namespace } = facts.allocation;
  const policy = await frozenPolicy(deps.store, facts.request.policyVersionId ?? '');
  const now = deps.clock.business();
  const deadlineAt = now + policy.body.provisioningDays * terms.dayMs;
  const event = { kind: 'taken_back', deadlineAt } as const;
  const decided = decideTask(standingOf(facts), event, { now, rules: taskRules });
  if (!decided.ok)
    return no(domainError(decided.error.code, { ...decided.error.params, namespace }));
  if (reason.trim() === '') return no(reasonMissing);
  const change = await restoration(deps, call, {
    ...opened.value,
    facts,
    reason: reason.trim(),
    next: decided.value.next,
  });
  // A version moved: the worker was first, and may have begun the deletion.
  return (await deps.store.commit(change)).kind === 'done' ? ok({ ok: true }) : conflicted;
}

/** A release has one task. */
async function factsOf(deps: Deps, requestId: string): Promise<TaskFacts | null> {
  const [task] = await tasksOf(deps.store, requestId);
  return task === undefined ? null : taskFacts(deps.store, task.id);
}

function standingOf({ task }: TaskFacts): TaskStanding {
  const { kind, state, attempts, nextAt, deadlineAt } = task;
  return { kind, state, step: task.step as TaskStep | null, attempts, nextAt, deadlineAt }; // written from a TaskStep
}

const reasonMissing = domainError(
  'input.invalid',
  { count: 1 },
  { issues: [{ path: 'reason', code: 'input.required', params: {} }] },
);

interface Restoration extends OpenCase {
  readonly facts: TaskFacts;
  readonly reason: string;
  readonly next: TaskStanding;
}

/** Versions of task and allocation make a deletion that begins now, or one that was taken back already, conflict. */
async function restoration(deps: Deps, call: Call, of: Restoration): Promise<Change> {
  const { request, subject, facts, reason, next } = of;
  const { task, allocation } = facts;
  const { namespace } = allocation;
  const balances = await balancesOfOwner(deps.store, allocation.id);
  const generation = allocation.generation + 1;
  const target = { ...allocation.desired, ...allocatedAmounts(balances) };
  return {
    audit: auditOf(deps, call, { ...subject, detail: { reason, namespace, generation } }),
    updates: [
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: { state: 'approved', updatedAt: deps.clock.business() },
      },
      {
        table: 'allocations',
        key: allocation.id,
        version: allocation.version,
        set: { generation },
      },
      {
        table: 'provisioningTasks',
        key: task.id,
        version: task.version,
        set: {
          ...next,
          generation,
          target,
          ownerRole: 'operator',
          errorCode: null,
          errorParams: null,
        },
      },
      ...wakeUpdates(facts, next.nextAt),
    ],
    inserts: [
      eventRow(deps, request, {
        kind: 'task_taken_back',
        actorId: call.actor.userId,
        params: { namespace, reason },
      }),
      ...told(deps, call, { request, namespace }),
      ...(facts.wake === null ? [taskWake(deps, facts.task)] : []),
    ],
  };
}

const wakeUpdates = ({ wake }: TaskFacts, nextAt: number): Update[] =>
  wake === null ? [] : [{ table: 'outbox', key: wake.id, version: wake.version, set: { nextAt } }];

/** Whoever asked for the release hears that somebody else took it back; all hear when it is done. */
function told(
  deps: Deps,
  call: Call,
  { request, namespace }: { request: OpenCase['request']; namespace: string },
): Insert[] {
  const { id: requestId, number, applicantId } = request;
  if (applicantId === call.actor.userId) return [];
  const params = { number, namespace };
  return [
    noticeTo(deps, applicantId, { kind: 'told', code: 'request_restoring', params, requestId }),
  ];
}
