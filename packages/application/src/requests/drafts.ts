import type { Change, Row } from '@yunheng/db/store';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { checkVersion } from './check-submission.ts';
import { obstacleTo, openCase, openContent, type OpenContent } from './open-case.ts';

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
  const opened = await openContent(deps, call, { action: 'requests.saveDraft', ...input });
  if (!opened.ok) return opened;
  const { existing, subject } = opened.value;
  const { version } = input;
  const issues = checkVersion({ existing, version });
  const error =
    existing === null
      ? issues.length === 0
        ? null
        : domainError('input.invalid', { count: issues.length }, { issues })
      : obstacleTo(existing, { can: requestCan.edit, version });
  if (error !== null) return refuse(deps, call, { subject, error });
  const id = existing?.id ?? deps.ids.next('quotaRequest');
  const savedAt = deps.clock.business();
  const outcome = await deps.store.commit(
    draftChange(deps, call, { ...opened.value, id, savedAt, content: input.content }),
  );
  return outcome.kind === 'done'
    ? ok({ id, version: (existing?.version ?? 0) + 1, savedAt })
    : conflicted;
}

function draftChange(
  deps: Deps,
  call: Call,
  of: OpenContent & { id: string; savedAt: number; content: RequestContent },
): Change {
  const { id, existing, system, subject, content, savedAt } = of;
  const fields = {
    systemId: system.id,
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    kind: content.kind,
    environment: content.environment,
    allocationId: content.allocationId,
    content,
    updatedAt: savedAt,
  };
  return {
    audit: auditOf(deps, call, { ...subject, subjectId: id, detail: { kind: content.kind } }),
    ...(existing === null
      ? {
          inserts: [{ table: 'quotaRequests', row: { id, ...newDraft(call, savedAt), ...fields } }],
        }
      : { updates: [{ table: 'quotaRequests', key: id, version: existing.version, set: fields }] }),
  };
}

type Made = Pick<
  Row<'quotaRequests'>,
  | 'number'
  | 'applicantId'
  | 'state'
  | 'revision'
  | 'digest'
  | 'policyVersionId'
  | 'currentStepId'
  | 'dueAt'
  | 'submittedAt'
  | 'decidedAt'
  | 'createdAt'
  | 'version'
>;

const newDraft = (call: Call, now: number): Made => ({
  number: null,
  applicantId: call.actor.userId,
  state: 'draft',
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
export function discardDraft(
  deps: Deps,
  call: Call,
  input: { id: string; version: number },
): Outcome<{ readonly ok: true }> {
  return decideAgain(() => discardOnce(deps, call, input));
}

async function discardOnce(
  deps: Deps,
  call: Call,
  { id, version }: { id: string; version: number },
): Promise<Result<{ readonly ok: true }, DomainError> | typeof conflicted> {
  const act = { action: 'requests.discardDraft', id, version, can: requestCan.discard } as const;
  const opened = await openCase(deps, call, act);
  if (!opened.ok) return opened;
  const { subject } = opened.value;
  const set = { state: 'withdrawn', updatedAt: deps.clock.business() } as const;
  const outcome = await deps.store.commit({
    audit: auditOf(deps, call, subject),
    updates: [{ table: 'quotaRequests', key: id, version, set }],
  });
  return outcome.kind === 'done' ? ok({ ok: true }) : conflicted;
}
