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
  /** The allocation of a change or release, read before anything was judged: of two at once one conflicts. */
  readonly claimed: Row<'allocations'> | null;
  readonly content: RequestContent;
  /** The content's lines, or for a release one per resource that goes back. */
  readonly lineContents: readonly LineContent[];
  readonly lines: readonly PlannedLine[];
  /** Pools that are no way out, should these be refused. */
  readonly occupied: ReadonlySet<string>;
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
  const { existing, system } = submission;
  const now = deps.clock.business();
  const requestId = existing?.id ?? deps.ids.next('quotaRequest');
  // Drafts stand at revision 0.
  const revision = (existing?.revision ?? 0) + 1;
  const of = { requestId, revision };
  const steps = stepRows(deps, submission, of);
  const lines = lineRows(deps, submission, of);
  const held = lines
    .filter((line) => line.hold > 0)
    .map((line) => bookLine(line, system.departmentId));
  const fields = submittedFields(submission, { revision, now, first: steps[0] });
  return {
    requestId,
    version: (existing?.version ?? 0) + 1,
    transfers:
      held.length === 0 ? [] : [holdTransfer(deps, { ...of, attempt: 1, lines: held, at: now })],
    updates: updatesOf(submission, fields),
    inserts: [
      ...(existing === null ? [newRequest(call, { id: requestId, at: now, fields })] : []),
      revisionRow(call, submission, { ...of, now }),
      ...lines.map(({ hold: _hold, ...row }): Insert => ({ table: 'requestLines', row })),
      ...holdInserts(deps, submission, { requestId, held, now }),
      ...steps.map((row): Insert => ({ table: 'approvalSteps', row })),
      ...(await toldRows(deps, submission, {
        ...of,
        first: steps[0],
        actorId: call.actor.userId,
      })),
    ],
    numbering:
      (existing?.number ?? null) === null
        ? { series: paperNumber.series(now), format: (n) => paperNumber.format(now, n), requestId }
        : null,
  };
}

function updatesOf(submission: Submission, set: RequestFields): Update[] {
  const { existing, claimed, system, content } = submission;
  const updates: Update[] = [];
  if (existing !== null) {
    const { id: key, version } = existing;
    updates.push({ table: 'quotaRequests', key, version, set });
  }
  if (claimed !== null) {
    const { id: key, version } = claimed;
    updates.push({ table: 'allocations', key, version, set: {} });
  }
  if (content.kind === 'new') {
    // Of two at once for one environment the second conflicts, reads again, and finds the first in its way.
    const { id: key, version } = system;
    updates.push({ table: 'informationSystems', key, version, set: {} });
  }
  return updates;
}

interface Revision {
  readonly requestId: string;
  readonly revision: number;
}

type StepRow = Extract<Insert, { table: 'approvalSteps' }>['row'];

function stepRows(deps: Deps, { policy, calendar, digest }: Submission, of: Revision): StepRow[] {
  return openChain(policy.body, deps.clock.business(), calendar).map((step) => ({
    ...step,
    ...of,
    id: deps.ids.next('step'),
    roles: [...step.roles],
    digest,
    version: 1,
  }));
}

type RequestFields = Omit<
  Row<'quotaRequests'>,
  'id' | 'number' | 'applicantId' | 'createdAt' | 'version'
>;

function submittedFields(
  { system, content, policy, digest }: Submission,
  of: { revision: number; now: Instant; first: StepRow | undefined },
): RequestFields {
  return {
    state: 'in_review',
    revision: of.revision,
    content,
    kind: content.kind,
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    systemId: system.id,
    environment: content.environment,
    allocationId: content.allocationId,
    digest,
    policyVersionId: policy.id,
    currentStepId: of.first?.id ?? null,
    dueAt: of.first?.dueAt ?? null,
    submittedAt: of.now,
    decidedAt: null,
    updatedAt: of.now,
  };
}

const revisionRow = (
  call: Call,
  { content, digest }: Submission,
  of: Revision & { now: Instant },
): Insert => ({
  table: 'requestRevisions',
  row: {
    requestId: of.requestId,
    revision: of.revision,
    content,
    digest,
    submittedBy: call.actor.userId,
    submittedAt: of.now,
  },
});

function holdInserts(
  deps: Deps,
  { policy, calendar }: Submission,
  of: { requestId: string; held: readonly BookLine[]; now: Instant },
): Insert[] {
  const expiresAt = endOfWorkingDay(of.now, policy.body.holdWorkingDays, calendar);
  const { requestId, now } = of;
  return of.held.map((line) => ({
    table: 'holds',
    row: holdRow(deps, { line, requestId, attempt: 1, now, expiresAt }),
  }));
}

/** The event of the timeline, and a notice for everyone who may decide the first step. */
async function toldRows(
  deps: Deps,
  { system }: Submission,
  of: Revision & { first: StepRow | undefined; actorId: string },
): Promise<Insert[]> {
  const { requestId, revision, first, actorId } = of;
  const about = { id: requestId, tenantId: system.tenantId };
  const event = { kind: 'submitted', actorId, params: { revision } };
  const seat = { roles: first?.roles ?? [], departmentId: system.departmentId };
  const text = {
    kind: 'act',
    code: 'request_waits',
    params: { system: system.name },
    requestId,
  } as const;
  return [eventRow(deps, about, event), ...(await noticesToSeats(deps, seat, text))];
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

function newRequest(call: Call, of: { id: string; at: Instant; fields: RequestFields }): Insert {
  const row = {
    id: of.id,
    number: null,
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
