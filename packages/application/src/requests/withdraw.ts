import { holdsOf, requestById, stepsOf } from '@yunheng/db/queries/requests';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { eventRow } from './people.ts';
import { releaseHolds } from './release-holds.ts';

const action = 'requests.withdraw';

export interface WithdrawInput {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
}

/** The applicant takes a request back: holds are released in the same commit. */
export function withdrawRequest(
  deps: Deps,
  call: Call,
  input: WithdrawInput,
): Outcome<{ readonly ok: true }> {
  return decideAgain(() => withdrawOnce(deps, call, input));
}

async function withdrawOnce(
  deps: Deps,
  call: Call,
  input: WithdrawInput,
): Promise<Result<{ readonly ok: true }, DomainError> | typeof conflicted> {
  const row = await requestById(deps.store, scopeOf(call.actor), input.id);
  const subject = {
    action,
    subjectKind: 'request',
    subjectId: input.id,
    tenantId: row?.tenantId ?? null,
  };
  const no = (error: DomainError) => refuse(deps, call, { subject, error });
  if (row === null) return no(domainError('access.not_found'));
  const allowed = authorize(call.actor, action, {
    departmentId: row.departmentId,
    ownerId: row.applicantId,
  });
  if (!allowed.ok) return no(allowed.error);
  if (!requestCan.withdraw(row))
    return no(domainError('request.wrong_state', { state: row.state }));
  if (row.version !== input.version)
    return no(domainError('request.stale', { version: row.version }));

  const now = deps.clock.business();
  const [holds, steps] = await Promise.all([
    holdsOf(deps.store, row.id),
    stepsOf(deps.store, row.id, row.revision),
  ]);
  const released = releaseHolds(deps, {
    holds,
    revision: row.revision,
    state: 'released',
    at: now,
  });
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, { ...subject, detail: { reason: input.reason } }),
    transfers: released.transfers,
    updates: [
      {
        table: 'quotaRequests',
        key: row.id,
        version: row.version,
        set: {
          state: 'withdrawn',
          currentStepId: null,
          dueAt: null,
          decidedAt: now,
          updatedAt: now,
        },
      },
      ...released.updates,
      ...steps
        .filter((step) => step.state === 'current' || step.state === 'waiting')
        .map((step) => ({
          table: 'approvalSteps' as const,
          key: step.id,
          version: step.version,
          set: { state: 'skipped' as const },
        })),
    ],
    inserts: [
      eventRow(deps, row, {
        kind: 'withdrawn',
        actorId: call.actor.userId,
        params: { reason: input.reason },
      }),
    ],
  });
  return outcome.kind === 'done' ? ok({ ok: true }) : conflicted;
}
