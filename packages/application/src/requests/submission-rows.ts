import type { Change, Insert, Row, Update } from '@yunheng/db/store';
import { openChain } from '@yunheng/domain/approval/chain';
import type { ApprovalPolicy, Versioned } from '@yunheng/domain/approval/policy';
import { endOfWorkingDay, type WorkingCalendar } from '@yunheng/domain/approval/working-days';
import { holdEntries, type BookLine } from '@yunheng/domain/ledger/book-entries';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { LineContent, RequestContent } from '@yunheng/domain/quota/request';
import type { Instant } from '@yunheng/kernel/clock';
import { paperNumber } from '@yunheng/domain/quota/paper-number';
import type { Call, Deps } from '../deps.ts';
import { eventRow, noticesToSeats } from './people.ts';
import type { PlannedLine } from './plan-holds.ts';

export interface Submission {
  readonly system: Row<'informationSystems'>;
  readonly existing: Row<'quotaRequests'> | null;
  readonly content: RequestContent;
  /** The content's lines, or for a release one per resource that goes back. */
  readonly lineContents: readonly LineContent[];
  readonly lines: readonly PlannedLine[];
  readonly policy: Versioned<ApprovalPolicy>;
  readonly calendar: WorkingCalendar;
  readonly digest: string;
}

export interface SubmissionRows {
  readonly requestId: string;
  readonly version: number;
  readonly inserts: Insert[];
  readonly updates: Update[];
  readonly transfers: TransferDraft[];
  readonly numbering: NonNullable<Change['numbering']> | null;
}

/** Every row that a submission writes: request, frozen revision, lines, holds, chain, event, notices, one transfer. */
export async function submissionRows(
  deps: Deps,
  call: Call,
  submission: Submission,
): Promise<SubmissionRows> {
  const { existing, system, content, policy, calendar, digest } = submission;
  const now = deps.clock.business();
  const requestId = existing?.id ?? deps.ids.next('quotaRequest');
  const revision = existing === null || existing.state === 'draft' ? 1 : existing.revision + 1;
  const steps = openChain(policy.body, now, calendar).map((step) => ({
    ...step,
    id: deps.ids.next('step'),
    requestId,
    revision,
    roles: [...step.roles],
    digest,
    version: 1,
  }));
  const first = steps[0];
  const lines = lineRows(deps, submission, { requestId, revision });
  const expiresAt = endOfWorkingDay(now, policy.body.holdWorkingDays, calendar);
  const held = lines
    .filter((line) => line.hold > 0)
    .map((line) => bookLine(line, system.departmentId));
  const fields = {
    state: 'in_review' as const,
    revision,
    content,
    kind: content.kind,
    systemId: system.id,
    environment: content.environment,
    allocationId: content.allocationId,
    digest,
    policyVersionId: policy.id,
    currentStepId: first?.id ?? null,
    dueAt: first?.dueAt ?? null,
    submittedAt: now,
    decidedAt: null,
    updatedAt: now,
  };
  const about = { id: requestId, tenantId: system.tenantId };
  const notices = await noticesToSeats(
    deps,
    { roles: first?.roles ?? [], departmentId: system.departmentId },
    { kind: 'act', code: 'request_waits', params: { system: system.name }, requestId },
  );
  const number = existing?.number ?? null;
  return {
    requestId,
    version: existing === null ? 1 : existing.version + 1,
    transfers:
      held.length === 0
        ? []
        : [holdTransfer(deps, { requestId, revision, attempt: 1, lines: held, at: now })],
    updates:
      existing === null
        ? []
        : [{ table: 'quotaRequests', key: requestId, version: existing.version, set: fields }],
    inserts: [
      ...(existing === null ? [newRequest(call, system, { id: requestId, at: now, fields })] : []),
      {
        table: 'requestRevisions',
        row: {
          requestId,
          revision,
          content,
          digest,
          submittedBy: call.actor.userId,
          submittedAt: now,
        },
      },
      ...lines.map(({ hold: _hold, ...row }): Insert => ({ table: 'requestLines', row })),
      ...held.map((line): Insert => ({
        table: 'holds',
        row: holdRow(deps, { line, requestId, attempt: 1, now, expiresAt }),
      })),
      ...steps.map((row): Insert => ({ table: 'approvalSteps', row })),
      eventRow(deps, about, {
        kind: 'submitted',
        actorId: call.actor.userId,
        params: { revision },
      }),
      ...notices,
    ],
    numbering:
      number === null
        ? { series: paperNumber.series(now), format: (n) => paperNumber.format(now, n), requestId }
        : null,
  };
}

interface LineRow extends Row<'requestLines'> {
  readonly hold: number;
}

function lineRows(
  deps: Deps,
  submission: Submission,
  of: { requestId: string; revision: number },
): LineRow[] {
  return submission.lines.map((planned) => {
    const line = submission.lineContents[planned.index];
    return {
      id: deps.ids.next('requestLine'),
      ...of,
      seq: planned.index + 1,
      resource: planned.resource,
      itemVersionId: line?.itemVersionId ?? '',
      cloudNodeId: line?.cloudNodeId ?? '',
      poolId: planned.poolId,
      amount: planned.after,
      before: planned.before,
      version: 1,
      hold: planned.hold,
    };
  });
}

const bookLine = (line: LineRow, departmentId: string): BookLine => ({
  lineId: line.id,
  poolId: line.poolId ?? '',
  departmentId,
  resource: line.resource,
  amount: line.hold,
});

function newRequest(
  call: Call,
  system: Row<'informationSystems'>,
  of: {
    id: string;
    at: Instant;
    fields: Omit<
      Row<'quotaRequests'>,
      'id' | 'number' | 'tenantId' | 'departmentId' | 'applicantId' | 'createdAt' | 'version'
    >;
  },
): Insert {
  const row = {
    id: of.id,
    number: null,
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    applicantId: call.actor.userId,
    createdAt: of.at,
    version: 1,
    ...of.fields,
  };
  return { table: 'quotaRequests', row };
}

/** One transfer holds the whole request in both books: all or nothing. */
export const holdTransfer = (
  deps: Deps,
  hold: {
    requestId: string;
    revision: number;
    attempt: number;
    lines: readonly BookLine[];
    at: Instant;
  },
): TransferDraft => ({
  id: deps.ids.next('transfer'),
  cause: { kind: 'hold', id: `${hold.requestId}:${hold.revision}:${hold.attempt}` },
  effectiveAt: hold.at,
  entries: holdEntries(hold.lines),
});

export const holdRow = (
  deps: Deps,
  hold: { line: BookLine; requestId: string; attempt: number; now: Instant; expiresAt: Instant },
): Row<'holds'> => ({
  id: deps.ids.next('hold'),
  requestId: hold.requestId,
  lineId: hold.line.lineId,
  departmentId: hold.line.departmentId,
  poolId: hold.line.poolId,
  resource: hold.line.resource,
  amount: hold.line.amount,
  attempt: hold.attempt,
  state: 'live',
  createdAt: hold.now,
  expiresAt: hold.expiresAt,
  endedAt: null,
  version: 1,
});
