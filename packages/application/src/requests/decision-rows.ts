import type { Row, Update } from '@yunheng/db/store';
import type { DecisionResult } from '@yunheng/domain/approval/chain';
import { endOfWorkingDay } from '@yunheng/domain/approval/working-days';
import type { DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import type { Call, Deps } from '../deps.ts';
import { completeChain } from './complete-chain.ts';
import type { DecideInput, DecisionReading, DecisionRows } from './decision.ts';
import { eventRow, noticesToSeats, noticeTo } from './people.ts';
import { renewHolds } from './renew-holds.ts';
import { releaseHolds } from './release-holds.ts';
import { calendarInForce, frozenPolicy } from './rules-in-force.ts';

interface Decision {
  readonly reading: DecisionReading;
  readonly result: DecisionResult;
  readonly input: DecideInput;
}

/** Every row that a decision writes, by its outcome. */
export function decisionRows(
  deps: Deps,
  call: Call,
  decision: Decision,
): Promise<Result<DecisionRows, DomainError>> {
  const { outcome } = decision.result;
  return outcome === 'returned' || outcome === 'rejected'
    ? endRows(deps, call, decision)
    : forwardRows(deps, call, decision);
}

/** Returned or rejected: everything that was held goes back at once. */
async function endRows(
  deps: Deps,
  call: Call,
  decision: Decision,
): Promise<Result<DecisionRows, DomainError>> {
  const { reading, result, input } = decision;
  const { request } = reading;
  const now = deps.clock.business();
  const released = releaseHolds(deps, {
    holds: reading.holds,
    revision: request.revision,
    state: 'released',
    at: now,
  });
  const state = result.outcome === 'returned' ? ('returned' as const) : ('rejected' as const);
  const others = reading.steps.filter((step) => step.state === 'waiting');
  return ok({
    transfers: released.transfers,
    updates: [
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: { state, currentStepId: null, dueAt: null, decidedAt: now, updatedAt: now },
      },
      stepUpdate(deps, call, decision),
      ...others.map((step): Update => ({
        table: 'approvalSteps',
        key: step.id,
        version: step.version,
        set: { state: 'skipped' },
      })),
      ...released.updates,
    ],
    inserts: [
      eventRow(deps, request, {
        kind: `step_${state}`,
        actorId: call.actor.userId,
        params: { step: result.step.code, opinion: input.opinion },
      }),
      noticeTo(deps, request.applicantId, {
        kind: state === 'returned' ? 'act' : 'told',
        code: `request_${state}`,
        params: { number: request.number },
        requestId: request.id,
      }),
    ],
  });
}

/** Approved: holds renewed or moved, then the next step, or the end of the chain. */
async function forwardRows(
  deps: Deps,
  call: Call,
  decision: Decision,
): Promise<Result<DecisionRows, DomainError>> {
  const { reading, result, input } = decision;
  const { request } = reading;
  const now = deps.clock.business();
  const [policy, calendar] = await Promise.all([
    frozenPolicy(deps.store, request.policyVersionId ?? ''),
    calendarInForce(deps.store, now),
  ]);
  const expiresAt = endOfWorkingDay(now, policy.body.holdWorkingDays, calendar);
  const renewed = await renewHolds(deps, call, {
    reading,
    moves: input.moves,
    expiresAt,
    stepId: result.step.id,
  });
  if (!renewed.ok) return renewed;
  const approved = eventRow(deps, request, {
    kind: 'step_approved',
    actorId: call.actor.userId,
    params: { step: result.step.code, opinion: input.opinion },
  });
  const common = {
    transfers: renewed.value.transfers,
    updates: [stepUpdate(deps, call, decision), ...renewed.value.updates],
    inserts: [approved, ...renewed.value.inserts],
  };
  if (result.next === null) {
    const end = await completeChain(deps, {
      request,
      lines: renewed.value.lines,
      policy: policy.body,
      digest: request.digest ?? '',
    });
    return end.ok ? ok(joined(common, end.value)) : end;
  }
  const nextRow = reading.steps.find((step) => step.id === result.next?.id);
  const workingDays =
    policy.body.steps.find((step) => step.code === result.next?.code)?.workingDays ?? 1;
  const dueAt = endOfWorkingDay(now, workingDays, calendar);
  const next = await nextStepRows(deps, { request, step: nextRow, dueAt });
  return ok(joined(common, next));
}

async function nextStepRows(
  deps: Deps,
  of: { request: Row<'quotaRequests'>; step: Row<'approvalSteps'> | undefined; dueAt: number },
): Promise<DecisionRows> {
  const { request, step, dueAt } = of;
  if (step === undefined) return { transfers: [], updates: [], inserts: [] };
  const now = deps.clock.business();
  return {
    transfers: [],
    updates: [
      {
        table: 'quotaRequests',
        key: request.id,
        version: request.version,
        set: { currentStepId: step.id, dueAt, updatedAt: now },
      },
      {
        table: 'approvalSteps',
        key: step.id,
        version: step.version,
        set: { state: 'current', startedAt: now, dueAt },
      },
    ],
    inserts: await noticesToSeats(
      deps,
      { roles: step.roles, departmentId: request.departmentId },
      {
        kind: 'act',
        code: 'request_waits',
        params: { number: request.number },
        requestId: request.id,
      },
    ),
  };
}

function stepUpdate(deps: Deps, call: Call, { reading, result, input }: Decision): Update {
  const row = reading.steps.find((step) => step.id === result.step.id);
  return {
    table: 'approvalSteps',
    key: result.step.id,
    version: row?.version ?? 0,
    set: {
      state: result.stepState,
      decidedBy: call.actor.userId,
      decidedAt: deps.clock.business(),
      opinion: input.opinion,
    },
  };
}

const joined = (left: DecisionRows, right: DecisionRows): DecisionRows => ({
  transfers: [...left.transfers, ...right.transfers],
  updates: [...left.updates, ...right.updates],
  inserts: [...left.inserts, ...right.inserts],
});
