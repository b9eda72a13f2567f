import {
  holdsOf,
  requestById,
  requestsWithExpiredHolds,
  stepsOf,
} from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps } from '../deps.ts';
import { eventRow, noticesToSeats, noticeTo } from './people.ts';
import { releaseHolds } from './release-holds.ts';

const batch = 200;

/** Ends the holds whose time is over. The request stays in review: the next decision holds again or is refused. */
export async function expireHolds(deps: Deps, call: Call): Promise<{ readonly expired: number }> {
  const requestIds = await requestsWithExpiredHolds(deps.store, deps.clock.business(), batch);
  const outcomes = await Promise.all(requestIds.map((id) => expireOne(deps, call, id)));
  return { expired: outcomes.filter(Boolean).length };
}

async function expireOne(deps: Deps, call: Call, requestId: string): Promise<boolean> {
  const request = await requestById(deps.store, wholeProvince, requestId);
  if (request === null || request.state !== 'in_review') return false;
  const now = deps.clock.business();
  const [holds, steps] = await Promise.all([
    holdsOf(deps.store, requestId),
    stepsOf(deps.store, requestId, request.revision),
  ]);
  const overdue = holds.filter((hold) => hold.state === 'live' && hold.expiresAt <= now);
  // A decision came first and renewed them: nothing has ended.
  if (overdue.length === 0) return false;
  const released = releaseHolds(deps, {
    holds: overdue,
    revision: request.revision,
    state: 'expired',
    at: now,
  });
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, {
      action: 'requests.expireHold',
      subjectKind: 'request',
      subjectId: requestId,
      tenantId: request.tenantId,
    }),
    transfers: released.transfers,
    updates: released.updates,
    inserts: [
      eventRow(deps, request, { kind: 'hold_expired', actorId: null }),
      noticeTo(deps, request.applicantId, {
        kind: 'told',
        code: 'hold_expired',
        params: { number: request.number },
        requestId,
      }),
      ...(await seatNotices(deps, request, steps)),
    ],
  });
  return outcome.kind === 'done' && !outcome.replayed;
}

async function seatNotices(
  deps: Deps,
  request: Row<'quotaRequests'>,
  steps: readonly Row<'approvalSteps'>[],
) {
  const current = steps.find((step) => step.state === 'current');
  if (current === undefined) return [];
  return noticesToSeats(
    deps,
    { roles: current.roles, departmentId: request.departmentId },
    {
      kind: 'told',
      code: 'hold_expired',
      params: { number: request.number },
      requestId: request.id,
    },
  );
}
