import { holdsOf, stepsOf } from '@yunheng/db/queries/requests';
import type { Change, Row, Update } from '@yunheng/db/store';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import type { DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { openCase, type OpenCase } from './open-case.ts';
import { eventRow } from './people.ts';
import { releaseHolds } from './release-holds.ts';

export interface WithdrawInput {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
}

interface Withdrawn {
  readonly ok: true;
}

/** The applicant takes a request back: holds are released in the same commit. */
export function withdrawRequest(deps: Deps, call: Call, input: WithdrawInput): Outcome<Withdrawn> {
  return decideAgain(() => withdrawOnce(deps, call, input));
}

async function withdrawOnce(
  deps: Deps,
  call: Call,
  input: WithdrawInput,
): Promise<Result<Withdrawn, DomainError> | typeof conflicted> {
  const { id, version, reason } = input;
  const opened = await openCase(deps, call, {
    action: 'requests.withdraw',
    id,
    version,
    can: requestCan.withdraw,
  });
  if (!opened.ok) return opened;
  const change = await withdrawal(deps, call, { ...opened.value, reason });
  const outcome = await deps.store.commit(change);
  // Replayed: another act released the same hold first, and this one wrote nothing.
  return outcome.kind === 'done' && !outcome.replayed ? ok({ ok: true }) : conflicted;
}

async function withdrawal(
  deps: Deps,
  call: Call,
  of: OpenCase & { reason: string },
): Promise<Change> {
  const { request, subject, reason } = of;
  const now = deps.clock.business();
  const [holds, steps] = await Promise.all([
    holdsOf(deps.store, request.id),
    stepsOf(deps.store, request.id, request.revision),
  ]);
  const released = releaseHolds(deps, {
    holds,
    revision: request.revision,
    state: 'released',
    at: now,
  });
  const ended = {
    state: 'withdrawn',
    currentStepId: null,
    dueAt: null,
    decidedAt: now,
    updatedAt: now,
  } as const;
  return {
    audit: auditOf(deps, call, { ...subject, detail: { reason } }),
    transfers: released.transfers,
    updates: [
      { table: 'quotaRequests', key: request.id, version: request.version, set: ended },
      ...released.updates,
      ...skipped(steps),
    ],
    inserts: [
      eventRow(deps, request, {
        kind: 'withdrawn',
        actorId: call.actor.userId,
        params: { reason },
      }),
    ],
  };
}

/** Steps that nobody will decide any more. */
const skipped = (steps: readonly Row<'approvalSteps'>[]): Update[] =>
  steps
    .filter((step) => step.state === 'current' || step.state === 'waiting')
    .map((step) => ({
      table: 'approvalSteps',
      key: step.id,
      version: step.version,
      set: { state: 'skipped' },
    }));
