import { grantsInForce } from '@yunheng/db/queries/identity';
import {
  displayNames,
  holdsOf,
  linesOf,
  requestById,
  revisionsOf,
  stepsOf,
} from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import { decide, holdsStep, type DecisionResult } from '@yunheng/domain/approval/chain';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import type { RequestState } from '@yunheng/domain/quota/request';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import type { DecideInput, DecisionReading } from './decision.ts';
import { decisionRows } from './decision-rows.ts';
import { occupantsOf } from './occupants.ts';
import { isForeignDraft } from './open-case.ts';
import { increasesOf, shortfallError } from './refusal.ts';
import { movedLines } from './renew-holds.ts';

export interface Decided {
  readonly id: string;
  readonly state: RequestState;
  readonly version: number;
}

const action = 'requests.decide';

/** One step decided once (law A3): holds renewed, moved or released with it, and the next step or the provisioning started. */
export function decideRequest(deps: Deps, call: Call, input: DecideInput): Outcome<Decided> {
  return decideAgain(() => decideOnce(deps, call, input));
}

async function decideOnce(
  deps: Deps,
  call: Call,
  input: DecideInput,
): Promise<Result<Decided, DomainError> | typeof conflicted> {
  const { store } = deps;
  const request = await requestById(store, scopeOf(call.actor), input.id);
  const subject = {
    action,
    subjectKind: 'request',
    subjectId: input.id,
    tenantId: request?.tenantId ?? null,
  };
  const no = (error: DomainError) => refuse(deps, call, { subject, error });
  if (request === null || isForeignDraft(request, call)) return no(domainError('access.not_found'));
  const [seated, steps, lines, holds, revisions] = await Promise.all([
    seatedNow(deps, call),
    stepsOf(store, request.id, request.revision),
    linesOf(store, request.id, request.revision),
    holdsOf(store, request.id),
    revisionsOf(store, request.id),
  ]);
  const allowed = authorize(seated.call.actor, action, {
    departmentId: request.departmentId,
    ownerId: request.applicantId,
  });
  if (!allowed.ok) return no(allowed.error);
  const authorIds = revisions.map((revision) => revision.submittedBy);
  const reading = { request, steps, lines, holds, authorIds };
  const judged = judge(seated.call, input, reading);
  if (!judged.ok) return no(await named(deps, reading, judged.error));
  const rows = await decisionRows(deps, call, { reading, result: judged.value, input });
  if (!rows.ok) return no(rows.error);

  const outcome = await store.commit({
    audit: auditOf(deps, call, {
      ...subject,
      detail: {
        decision: input.decision,
        step: judged.value.step.code,
        digest: input.digest,
        opinion: input.opinion,
      },
    }),
    ...rows.value,
    guards: seated.guards,
  });
  if (outcome.kind === 'refused')
    return {
      ok: false,
      error: await shortfallError(deps, call.actor, {
        shortfalls: outcome.shortfalls,
        lines: increasesOf(asMoved(lines, input)),
        occupied: await occupiedFor(deps, request),
      }),
    };
  // Replayed: another act released the same hold first, and this decision was not written.
  if (outcome.kind === 'conflict' || outcome.replayed) return conflicted;
  return ok({ id: request.id, state: judged.value.outcome, version: request.version + 1 });
}

/** The caller with the roles that stand now, and their rows: whoever loses one before the commit has not decided (A2). */
async function seatedNow(deps: Deps, call: Call) {
  const { userId, grants } = call.actor;
  const held = (await grantsInForce(deps.store, [userId], deps.clock.business())).map(
    ({ grant }) => grant,
  );
  const standing = held.filter(({ role, departmentId }) =>
    grants.some((grant) => grant.role === role && grant.departmentId === departmentId),
  );
  return {
    call: { ...call, actor: { ...call.actor, grants: standing } },
    guards: standing.map(({ id, version }) => ({ table: 'roleGrants', key: id, version }) as const),
  };
}

async function occupiedFor(deps: Deps, request: DecisionReading['request']) {
  const asker = { requestId: request.id, reader: wholeProvince };
  return new Set((await occupantsOf(deps.store, request, asker)).keys());
}

/** Where the ledger was asked to hold them: a way out must not be a pool that the operator just tried. */
function asMoved(lines: DecisionReading['lines'], { moves }: DecideInput) {
  const poolOf = new Map(lines.map((line) => [line.id, line.poolId ?? '']));
  return movedLines(
    lines,
    new Map(moves.map(({ lineId, poolId }) => [poolOf.get(lineId) ?? '', poolId])),
  );
}

function judge(
  call: Call,
  input: DecideInput,
  reading: DecisionReading,
): Result<DecisionResult, DomainError> {
  const { request, steps, authorIds } = reading;
  if (!requestCan.decide(request)) return { ok: false, error: decidedAlready(reading) };
  const result = decide(
    {
      actor: call.actor,
      applicantId: request.applicantId,
      authorIds,
      departmentId: request.departmentId,
      steps,
      shownDigest: input.digest,
      contentDigest: request.digest ?? '',
    },
    { kind: input.decision, opinion: input.opinion },
  );
  if (request.version !== input.version && (result.ok || hadTheStep(call, reading, result.error)))
    return { ok: false, error: decidedAlready(reading) };
  return result.ok && input.decision !== 'approve' && input.moves.length > 0
    ? { ok: false, error: movedForNothing(input) }
    : result;
}

/** Whoever sends a request back does not also say where it goes. */
const movedForNothing = ({ decision }: DecideInput): DomainError =>
  domainError(
    'input.invalid',
    { count: 1 },
    { issues: [{ path: 'moves', code: 'input.not_applicable', params: { decision } }] },
  );

/** Their step when they read the page; by now somebody else has decided it. */
function hadTheStep(
  { actor }: Call,
  { request, steps }: DecisionReading,
  { code }: DomainError,
): boolean {
  const roles = lastDecided(steps)?.roles ?? [];
  return code === 'approval.not_your_step' && holdsStep(actor, roles, request.departmentId);
}

/** Somebody was first: the page shows their decision and keeps what was typed. */
function decidedAlready({ request, steps }: DecisionReading): DomainError {
  const last = lastDecided(steps);
  const { state, version } = request;
  if (last === undefined)
    return requestCan.decide(request)
      ? domainError('request.stale', { version })
      : domainError('request.wrong_state', { state });
  return domainError('approval.already_decided', {
    state,
    version,
    step: last.code,
    decision: last.state,
    at: last.decidedAt,
  });
}

/** Who was faster, by the name that people know them by. */
async function named(
  deps: Deps,
  { steps }: DecisionReading,
  error: DomainError,
): Promise<DomainError> {
  const decidedBy = lastDecided(steps)?.decidedBy ?? null;
  if (error.code !== 'approval.already_decided' || decidedBy === null) return error;
  const actor = (await displayNames(deps.store, [decidedBy])).get(decidedBy) ?? null;
  return { ...error, params: { ...error.params, actor } };
}

const lastDecided = (steps: DecisionReading['steps']) =>
  steps.findLast((step) => step.decidedAt !== null);
