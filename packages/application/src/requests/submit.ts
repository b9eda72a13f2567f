import { idempotentSubject, requestById } from '@yunheng/db/queries/requests';
import { systemById } from '@yunheng/db/queries/estate';
import type { Change, Row } from '@yunheng/db/store';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { checkContent } from '@yunheng/domain/quota/check-content';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { loadContentFacts } from './content-facts.ts';
import { normalizeContent } from './normalize-content.ts';
import { planHolds } from './plan-holds.ts';
import { holdCapError, shortfallError } from './refusal.ts';
import { releaseLines } from './release-lines.ts';
import { rulesInForce } from './rules-in-force.ts';
import { submissionRows } from './submission-rows.ts';
import { contentDigest } from './content-digest.ts';

export interface SubmitInput {
  readonly id: string | null;
  readonly version: number | null;
  readonly content: RequestContent;
  readonly idempotencyKey: string;
}

export interface Submitted {
  readonly id: string;
  readonly number: string;
  readonly version: number;
}

const action = 'requests.submit';

/** First submission, and the next revision of a returned request: content frozen, chain opened, increase held, all or nothing. */
export function submitRequest(deps: Deps, call: Call, input: SubmitInput): Outcome<Submitted> {
  return decideAgain(() => submitOnce(deps, call, input));
}

async function submitOnce(
  deps: Deps,
  call: Call,
  input: SubmitInput,
): Promise<Result<Submitted, DomainError> | typeof conflicted> {
  const { store } = deps;
  const scope = scopeOf(call.actor);
  const [system, existing] = await Promise.all([
    systemById(store, scope, input.content.systemId),
    input.id === null ? null : requestById(store, scope, input.id),
  ]);
  const subject = {
    action,
    subjectKind: 'request',
    subjectId: input.id ?? input.content.systemId,
    tenantId: system?.tenantId ?? null,
  };
  const no = (error: DomainError) => refuse(deps, call, { subject, error });

  if (system === null || (input.id !== null && existing === null))
    return no(domainError('access.not_found'));
  const allowed = authorize(call.actor, action, {
    departmentId: system.departmentId,
    ownerId: existing?.applicantId ?? call.actor.userId,
  });
  if (!allowed.ok) return no(allowed.error);
  const replay =
    existing !== null && existing.state === 'in_review' ? await replayed(deps, call, input) : null;
  if (replay !== null) return ok(replay);
  const blocked = existing === null ? null : cannotSubmit(existing, input);
  if (blocked !== null) return no(blocked);

  const content = normalizeContent(input.content);
  const facts = await loadContentFacts(store, content, input.id);
  const issues = checkContent(content, facts);
  if (issues.length > 0)
    return no(domainError('input.invalid', { count: issues.length }, { issues }));

  const lineContents =
    content.kind === 'release' && facts.allocation !== null
      ? await releaseLines(deps, facts.allocation)
      : content.lines;
  const lines = planHolds({ ...content, lines: lineContents }, facts);
  const now = deps.clock.business();
  const rules = await rulesInForce(store, now);
  const overCap = await holdCapError(deps, {
    departmentId: system.departmentId,
    lines,
    policy: rules.policy.body,
  });
  if (overCap !== null) return no(overCap);

  const digest = contentDigest(content);
  const rows = await submissionRows(deps, call, {
    system,
    existing,
    content,
    lineContents,
    lines,
    ...rules,
    digest,
  });
  const change: Change = {
    audit: auditOf(deps, call, {
      ...subject,
      subjectId: rows.requestId,
      detail: { kind: content.kind, digest, lines: lines.length },
    }),
    transfers: rows.transfers,
    inserts: rows.inserts,
    updates: rows.updates,
    ...(rows.numbering === null ? {} : { numbering: rows.numbering }),
    idempotency: {
      userId: call.actor.userId,
      key: input.idempotencyKey,
      inputDigest: digest,
      subjectId: rows.requestId,
    },
  };
  const outcome = await store.commit(change);
  switch (outcome.kind) {
    case 'done':
      return ok(
        outcome.replayed
          ? await stored(deps, call, outcome.subjectId ?? rows.requestId)
          : {
              id: rows.requestId,
              number: outcome.number ?? existing?.number ?? '',
              version: rows.version,
            },
      );
    case 'refused':
      return { ok: false, error: await shortfallError(deps, call.actor, outcome.shortfalls) };
    case 'conflict':
      if (outcome.what === 'idempotency') return no(domainError('request.idempotency_mismatch'));
      return conflicted;
  }
}

/** Double submit with the same key: the first outcome again, nothing written twice. */
async function replayed(deps: Deps, call: Call, input: SubmitInput): Promise<Submitted | null> {
  const subjectId = await idempotentSubject(deps.store, call.actor.userId, input.idempotencyKey);
  return subjectId === null ? null : stored(deps, call, subjectId);
}

async function stored(deps: Deps, call: Call, id: string): Promise<Submitted> {
  const row = await requestById(deps.store, scopeOf(call.actor), id);
  return { id, number: row?.number ?? '', version: row?.version ?? 0 };
}

function cannotSubmit(existing: Row<'quotaRequests'>, input: SubmitInput): DomainError | null {
  if (!requestCan.submit(existing))
    return domainError('request.wrong_state', { state: existing.state });
  if (existing.version !== input.version)
    return domainError('request.stale', { version: existing.version });
  return null;
}
