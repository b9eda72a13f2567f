import { requestById } from '@yunheng/db/queries/requests';
import { systemById } from '@yunheng/db/queries/estate';
import { scopeOf } from '@yunheng/domain/identity/policy';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { authorize } from '../authorize.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';

export interface SaveDraftInput {
  readonly id: string | null;
  readonly version: number | null;
  readonly content: RequestContent;
}

export interface SavedDraft {
  readonly id: string;
  readonly version: number;
  readonly savedAt: number;
}

/** Keeps what was typed, complete or not: a draft is checked at submission, not here. */
export function saveDraft(deps: Deps, call: Call, input: SaveDraftInput): Outcome<SavedDraft> {
  return decideAgain(() => saveOnce(deps, call, input));
}

async function saveOnce(
  deps: Deps,
  call: Call,
  input: SaveDraftInput,
): Promise<Result<SavedDraft, DomainError> | typeof conflicted> {
  const action = 'requests.saveDraft';
  const scope = scopeOf(call.actor);
  const [system, existing] = await Promise.all([
    systemById(deps.store, scope, input.content.systemId),
    input.id === null ? null : requestById(deps.store, scope, input.id),
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
  if (existing !== null && !requestCan.edit(existing))
    return no(domainError('request.wrong_state', { state: existing.state }));
  if (existing !== null && existing.version !== input.version)
    return no(domainError('request.stale', { version: existing.version }));

  const now = deps.clock.business();
  const id = existing?.id ?? deps.ids.next('quotaRequest');
  const fields = {
    systemId: system.id,
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    kind: input.content.kind,
    environment: input.content.environment,
    allocationId: input.content.allocationId,
    content: input.content,
    updatedAt: now,
  };
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, { ...subject, subjectId: id, detail: { kind: input.content.kind } }),
    ...(existing === null
      ? {
          inserts: [
            { table: 'quotaRequests' as const, row: { id, ...newDraft(call, now), ...fields } },
          ],
        }
      : {
          updates: [
            { table: 'quotaRequests' as const, key: id, version: existing.version, set: fields },
          ],
        }),
  });
  if (outcome.kind !== 'done') return conflicted;
  return ok({ id, version: existing === null ? 1 : existing.version + 1, savedAt: now });
}

const newDraft = (call: Call, now: number) => ({
  number: null,
  applicantId: call.actor.userId,
  state: 'draft' as const,
  revision: 0,
  digest: null,
  policyVersionId: null,
  currentStepId: null,
  dueAt: null,
  submittedAt: null,
  decidedAt: null,
  createdAt: now,
  version: 1,
});

/** A draft that is given up keeps its row, without number, and is not listed any more. */
export async function discardDraft(
  deps: Deps,
  call: Call,
  input: { id: string; version: number },
): Outcome<{ readonly ok: true }> {
  const action = 'requests.discardDraft';
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
  if (!requestCan.discard(row)) return no(domainError('request.wrong_state', { state: row.state }));
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, subject),
    updates: [
      {
        table: 'quotaRequests',
        key: row.id,
        version: input.version,
        set: { state: 'withdrawn', updatedAt: deps.clock.business() },
      },
    ],
  });
  return outcome.kind === 'done'
    ? ok({ ok: true })
    : err(domainError('request.stale', { version: row.version }));
}
