import type { Change, Insert, Row } from '@yunheng/db/store';
import { isOfferedIn, type CatalogItem } from '@yunheng/domain/catalog/item';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import { holdEntries } from '@yunheng/domain/ledger/book-entries';
import { causes } from '@yunheng/domain/ledger/causes';
import { paperNumber } from '@yunheng/domain/quota/paper-number';
import type { LineContent, RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps } from '../deps.ts';
import { contentDigest } from '../requests/content-digest.ts';
import type { StandingInput } from './province.ts';
import { key } from './province-rows.ts';
import { chainRows, eventRows, provisioningRows } from './standing-life.ts';
import {
  provisioningDeadline,
  type StandingFacts,
  type Takeover,
  type TakeoverInput,
} from './takeover.ts';

const reason = '存量系统接管';

/** The Change of one standing allocation: request, approved chain, hold, grant, allocation, task. */
export function standingChange(
  deps: Deps,
  call: Call,
  of: { row: StandingInput; facts: StandingFacts; input: TakeoverInput },
): Result<Change, DomainError> {
  const { row, facts, input } = of;
  const system = facts.systems.get(key(row.department, row.system));
  const pool = facts.pools.get(row.pool);
  if (system === undefined || pool === undefined)
    return err(domainError('access.not_found', { name: row.namespace }));
  const lines = contentLines(row, pool, facts.items);
  if (lines === null) return err(domainError('request.item_unavailable', { name: row.namespace }));
  const { environment } = row;
  const content: RequestContent = {
    kind: 'new',
    systemId: system.id,
    environment,
    allocationId: null,
    reason,
    lines,
  };
  const takeover: Takeover = {
    row,
    system,
    pool,
    content,
    requestId: deps.ids.next('quotaRequest'),
    digest: contentDigest(content),
    policy: facts.policy,
    applicantId: input.applicantId,
    deciderIds: input.deciderIds,
    at: deps.clock.business(),
  };
  return ok(changeOf(deps, call, takeover));
}

function contentLines(
  row: StandingInput,
  pool: Row<'pools'>,
  items: readonly CatalogItem[],
): readonly LineContent[] | null {
  const { arch, poolClass, cloudNodeId } = pool;
  const lines: LineContent[] = [];
  for (const resource of resourceNames) {
    const amount = row.amounts[resource] ?? 0;
    if (amount === 0) continue;
    const item = items.find(
      (one) => one.resource === resource && isOfferedIn(one, arch, poolClass),
    );
    if (item === undefined) return null;
    const { itemVersionId } = item;
    lines.push({ itemVersionId, resource, cloudNodeId, arch, poolClass, amount });
  }
  return lines;
}

function changeOf(deps: Deps, call: Call, takeover: Takeover): Change {
  const { system, requestId, content, digest, at } = takeover;
  const lines = lineRows(deps, takeover);
  const held = lines.map((line) => ({
    lineId: line.id,
    poolId: line.poolId,
    departmentId: system.departmentId,
    resource: line.resource,
    amount: line.amount,
  }));
  return {
    audit: auditOf(deps, call, {
      action: 'requests.takeOver',
      subjectKind: 'request',
      subjectId: requestId,
      tenantId: system.tenantId,
      detail: { namespace: takeover.row.namespace, pool: takeover.pool.code, digest },
    }),
    transfers: [
      {
        id: deps.ids.next('transfer'),
        cause: causes.hold({ requestId, revision: 1, attempt: 1 }),
        effectiveAt: at,
        entries: holdEntries(held),
      },
    ],
    inserts: [
      { table: 'quotaRequests', row: requestRow(takeover) },
      {
        table: 'requestRevisions',
        row: {
          requestId,
          revision: 1,
          content,
          digest,
          submittedBy: takeover.applicantId,
          submittedAt: at,
        },
      },
      ...lines.map((row): Insert => ({ table: 'requestLines', row })),
      ...lines.map((line): Insert => ({ table: 'holds', row: holdRow(deps, takeover, line) })),
      ...chainRows(deps, takeover),
      ...provisioningRows(deps, takeover),
      ...eventRows(deps, takeover),
    ],
    numbering: {
      series: paperNumber.series(at),
      format: (n) => paperNumber.format(at, n),
      requestId,
    },
  };
}

function requestRow(takeover: Takeover): Row<'quotaRequests'> {
  const { system, requestId, content, digest, at, applicantId } = takeover;
  return {
    id: requestId,
    number: null,
    tenantId: system.tenantId,
    departmentId: system.departmentId,
    applicantId,
    systemId: system.id,
    kind: content.kind,
    environment: content.environment,
    allocationId: null,
    state: 'approved',
    revision: 1,
    content,
    digest,
    policyVersionId: takeover.policy.id,
    currentStepId: null,
    dueAt: null,
    submittedAt: at,
    decidedAt: at,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

interface LineRow extends Row<'requestLines'> {
  readonly poolId: string;
}

const lineRows = (deps: Deps, takeover: Takeover): readonly LineRow[] =>
  takeover.content.lines.map((line, index) => ({
    id: deps.ids.next('requestLine'),
    requestId: takeover.requestId,
    revision: 1,
    seq: index + 1,
    resource: line.resource,
    itemVersionId: line.itemVersionId,
    cloudNodeId: line.cloudNodeId,
    poolId: takeover.pool.id,
    amount: line.amount,
    before: 0,
    version: 1,
  }));

const holdRow = (deps: Deps, takeover: Takeover, line: LineRow): Row<'holds'> => ({
  id: deps.ids.next('hold'),
  requestId: takeover.requestId,
  lineId: line.id,
  departmentId: takeover.system.departmentId,
  poolId: line.poolId,
  resource: line.resource,
  amount: line.amount,
  attempt: 1,
  state: 'live',
  createdAt: takeover.at,
  expiresAt: provisioningDeadline(takeover),
  endedAt: null,
  version: 1,
});
