import { requestById, usedKey } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Change } from '@yunheng/db/store';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { requestCan } from '@yunheng/domain/quota/request-actions';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse } from '../refuse.ts';
import { checkSubmission } from './check-submission.ts';
import { contentDigest } from './content-digest.ts';
import { normalizeContent } from './normalize-content.ts';
import { obstacleTo, openContent, type OpenContent } from './open-case.ts';
import { shortfallError } from './refusal.ts';
import { submissionRows, type Submission, type SubmissionRows } from './submission-rows.ts';

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

/** First submission, and the next revision of a returned request: content frozen, chain opened, increase held, all or nothing. */
export function submitRequest(deps: Deps, call: Call, input: SubmitInput): Outcome<Submitted> {
  return decideAgain(() => submitOnce(deps, call, input));
}

async function submitOnce(
  deps: Deps,
  call: Call,
  input: SubmitInput,
): Promise<Result<Submitted, DomainError> | typeof conflicted> {
  const opened = await openContent(deps, call, { action: 'requests.submit', ...input });
  if (!opened.ok) return opened;
  const { existing, subject } = opened.value;
  const no = (error: DomainError) => refuse(deps, call, { subject, error });
  const checked = await judge(deps, call, { opened: opened.value, input });
  if (!checked.ok) return (await repeated(deps, call, { input, no })) ?? no(checked.error);
  const rows = await submissionRows(deps, call, checked.value);
  const outcome = await deps.store.commit(
    submissionChange(deps, call, { ...opened.value, input, submission: checked.value, rows }),
  );
  switch (outcome.kind) {
    case 'done':
      if (!outcome.replayed) {
        const number = outcome.number ?? existing?.number ?? '';
        return ok({ id: rows.requestId, number, version: rows.version });
      }
      // Without a subject it is not this key that came before: somebody else submitted the same revision.
      return outcome.subjectId === null ? conflicted : ok(await stored(deps, outcome.subjectId));
    case 'refused':
      return {
        ok: false,
        error: await shortfallError(deps, call.actor, {
          shortfalls: outcome.shortfalls,
          lines: checked.value.lines,
          occupied: checked.value.occupied,
        }),
      };
    case 'conflict':
      return outcome.what === 'idempotency'
        ? no(domainError('request.idempotency_mismatch'))
        : conflicted;
  }
}

async function judge(deps: Deps, call: Call, of: { opened: OpenContent; input: SubmitInput }) {
  const { opened } = of;
  const { content, version } = of.input;
  const can = requestCan.submit;
  const obstacle = opened.existing === null ? null : obstacleTo(opened.existing, { can, version });
  return obstacle === null
    ? checkSubmission(deps, call, { ...opened, content, version })
    : err(obstacle);
}

function submissionChange(
  deps: Deps,
  call: Call,
  of: OpenContent & { input: SubmitInput; submission: Submission; rows: SubmissionRows },
): Change {
  const { rows, submission, subject, input } = of;
  const { content, digest, lines } = submission;
  const subjectId = rows.requestId;
  const detail = { kind: content.kind, digest, lines: lines.length };
  return {
    audit: auditOf(deps, call, { ...subject, subjectId, detail }),
    transfers: rows.transfers,
    inserts: rows.inserts,
    updates: rows.updates,
    ...(rows.numbering === null ? {} : { numbering: rows.numbering }),
    idempotency: {
      userId: call.actor.userId,
      key: input.idempotencyKey,
      inputDigest: digest,
      subjectId,
    },
  };
}

/** What is refused now may have been accepted a moment ago, by the same click: then its own success is in the way. */
async function repeated(
  deps: Deps,
  call: Call,
  of: { input: SubmitInput; no: (error: DomainError) => Promise<Result<never, DomainError>> },
): Promise<Result<Submitted, DomainError> | null> {
  const { input, no } = of;
  const used = await usedKey(deps.store, call.actor.userId, input.idempotencyKey);
  if (used === null) return null;
  // The key was spent on something else: that is what is wrong, whatever else may be.
  if (used.inputDigest !== contentDigest(normalizeContent(input.content)))
    return no(domainError('request.idempotency_mismatch'));
  return ok(await stored(deps, used.subjectId));
}

/** Double submit with the same key: the first outcome again. The key belongs to the caller, so what it made does too. */
async function stored(deps: Deps, id: string): Promise<Submitted> {
  const row = await requestById(deps.store, wholeProvince, id);
  return { id, number: row?.number ?? '', version: row?.version ?? 0 };
}
