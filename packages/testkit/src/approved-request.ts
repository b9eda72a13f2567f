import type { Deps } from '@yunheng/application/deps';
import { completeChain } from '@yunheng/application/requests/complete-chain';
import type { Change, CommitOutcome, Insert, NewRow, Row } from '@yunheng/db/store';
import { allocationById, requestById, tasksOf } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { holdEntries, type BookLine } from '@yunheng/domain/ledger/book-entries';
import { causes } from '@yunheng/domain/ledger/causes';
import type { RequestKind } from '@yunheng/domain/quota/request';
import { invariant } from '@yunheng/kernel/invariant';
import { place, policyBody } from './provisioning-rows.ts';

export interface RequestWish {
  readonly kind: RequestKind;
  /** Totals wanted; of a change only what changes, of a release nothing. */
  readonly amounts?: ResourceAmounts;
  readonly allocationId?: string;
  readonly environment?: Row<'quotaRequests'>['environment'];
  /** Another system than the first one. */
  readonly systemId?: string;
}

export interface ApprovedRequest {
  readonly requestId: string;
  readonly taskId: string;
  readonly allocationId: string;
}

interface Around {
  readonly deps: Deps;
  readonly commit: (change: Omit<Change, 'audit'>) => Promise<CommitOutcome>;
}

/** The rows of a submission with its hold, then the product's own end of the chain. */
export async function approvedRequest(
  { deps, commit }: Around,
  wish: RequestWish,
): Promise<ApprovedRequest> {
  const requestId = deps.ids.next('quotaRequest');
  const before = await standing(deps, wish.allocationId);
  const lines = Object.entries(wish.amounts ?? {}).map(([name, amount], index) =>
    lineRow(deps, { requestId, seq: index + 1, resource: name as ResourceName, amount, before }),
  );
  const held = lines.filter((line) => line.amount > line.before).map(bookLine);
  const submitted = await commit({
    inserts: [
      { table: 'quotaRequests', row: requestRow(deps, requestId, wish) },
      ...lines.map((row): Insert => ({ table: 'requestLines', row })),
      ...held.map((line): Insert => ({ table: 'holds', row: holdRow(deps, requestId, line) })),
    ],
    transfers:
      held.length === 0
        ? []
        : [
            {
              id: deps.ids.next('transfer'),
              cause: causes.hold({ requestId, revision: 1, attempt: 1 }),
              effectiveAt: deps.clock.business(),
              entries: holdEntries(held),
            },
          ],
  });
  invariant(submitted.kind === 'done', `submission: ${JSON.stringify(submitted)}`);
  const request = await requestById(deps.store, wholeProvince, requestId);
  invariant(request !== null, 'the request was just written');
  const end = await completeChain(deps, { request, lines, policy: policyBody(0), digest: 'd' });
  invariant(end.ok, `the chain does not end: ${JSON.stringify(end)}`);
  const decided = await commit(end.value);
  invariant(decided.kind === 'done', `decision: ${JSON.stringify(decided)}`);
  const [task] = await tasksOf(deps.store, requestId);
  invariant(task !== undefined, 'a completed chain leaves a task');
  return { requestId, taskId: task.id, allocationId: task.allocationId };
}

async function standing({ store }: Deps, allocationId?: string): Promise<ResourceAmounts> {
  if (allocationId === undefined) return {};
  return (await allocationById(store, wholeProvince, allocationId))?.desired ?? {};
}

function requestRow(deps: Deps, id: string, wish: RequestWish): NewRow<'quotaRequests'> {
  const now = deps.clock.business();
  const { kind, environment = 'prod', allocationId = null, systemId = place.system } = wish;
  const content = {
    kind,
    systemId,
    environment,
    allocationId,
    reason: 'test',
    lines: [],
  };
  return {
    id,
    number: null,
    tenantId: place.tenant,
    departmentId: place.department,
    applicantId: place.applicant,
    systemId,
    kind,
    environment,
    allocationId,
    state: 'in_review',
    revision: 1,
    content,
    digest: 'd',
    policyVersionId: place.policy,
    currentStepId: null,
    dueAt: null,
    submittedAt: now,
    decidedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

interface LineRow extends Row<'requestLines'> {
  readonly poolId: string;
}

function lineRow(
  deps: Deps,
  of: {
    requestId: string;
    seq: number;
    resource: ResourceName;
    amount: number;
    before: ResourceAmounts;
  },
): LineRow {
  const { requestId, seq, resource, amount, before } = of;
  return {
    id: deps.ids.next('requestLine'),
    requestId,
    revision: 1,
    seq,
    resource,
    itemVersionId: 'cat_any',
    cloudNodeId: place.node,
    poolId: place.pool,
    amount,
    before: before[resource] ?? 0,
    version: 1,
  };
}

const bookLine = (line: LineRow): BookLine => ({
  lineId: line.id,
  poolId: line.poolId,
  departmentId: place.department,
  resource: line.resource,
  amount: line.amount - line.before,
});

function holdRow(deps: Deps, requestId: string, line: BookLine): NewRow<'holds'> {
  const now = deps.clock.business();
  return {
    id: deps.ids.next('hold'),
    requestId,
    ...line,
    attempt: 1,
    state: 'live',
    createdAt: now,
    expiresAt: now + 10 * 86_400_000,
    endedAt: null,
    version: 1,
  };
}
