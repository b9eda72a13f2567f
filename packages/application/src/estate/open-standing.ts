import { documentByVersion, documentsInForce } from '@yunheng/db/queries/catalog';
import { departments, pools } from '@yunheng/db/queries/estate';
import { allSystems, namespacesEver } from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import { sm3Hex } from '@yunheng/db/sm3';
import type { Change, Row } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import { canonicalJson } from '@yunheng/kernel/canonical';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { key } from './province-rows.ts';
import { standingChange } from './standing-rows.ts';
import type { StandingFacts, TakeoverInput } from './takeover.ts';

export interface OpenedStanding {
  readonly opened: number;
  /** Rows that the ledger had no room for; they stay out and the audit says why. */
  readonly refused: number;
}

/**
 * Taking over what already runs is a policy of its own: nobody in the departments applied, so the platform registers,
 * the operator's approver checks and the authority takes note. Its deadlines and days are examples like every other.
 */
export const takeoverPolicy: ApprovalPolicy = {
  steps: [
    { code: 'takeover_check', roles: ['operator_approver'], workingDays: 5 },
    { code: 'takeover_accept', roles: ['authority'], workingDays: 5 },
  ],
  holdWorkingDays: 10,
  openHoldPermille: 1000,
  graceDays: 7,
  provisioningDays: 7,
};

const takeover = { kind: 'policy', code: 'standing-takeover', revision: 1 } as const;
const clause = '粤府〔2021〕44号 8.1 纳管省、市云节点';

/**
 * Standing allocations as approved requests would have left them: held in both books, granted, queued for provisioning.
 * One Change each, waiting together, so that they commit together. A namespace that is known is left alone.
 */
export async function openStanding(
  deps: Deps,
  call: Call,
  input: TakeoverInput,
): Outcome<OpenedStanding> {
  const policy = await takeoverVersion(deps, call);
  const facts = await readFacts(deps, policy);
  const taken = new Set(await namespacesEver(deps.store));
  const fresh = input.rows.filter((row) => !taken.has(row.namespace));
  const changes: Change[] = [];
  for (const row of fresh) {
    const change = standingChange(deps, call, { row, facts, input });
    if (!change.ok) return change;
    changes.push(change.value);
  }
  const outcomes = await Promise.all(changes.map((change) => deps.store.commit(change)));
  if (outcomes.some(({ kind }) => kind === 'conflict')) return err(domainError('store.conflict'));
  const opened = outcomes.filter(({ kind }) => kind === 'done').length;
  return ok({ opened, refused: outcomes.length - opened });
}

async function readFacts(deps: Deps, policy: Row<'versionedDocuments'>): Promise<StandingFacts> {
  const { store } = deps;
  const now = deps.clock.business();
  const [departmentRows, systemRows, poolRows, items] = await Promise.all([
    departments(store, wholeProvince),
    allSystems(store, wholeProvince),
    pools(store),
    documentsInForce(store, 'catalog_item', now),
  ]);
  const codeOf = new Map(departmentRows.map((row) => [row.id, row.code]));
  return {
    systems: new Map(
      systemRows.map((row) => [key(codeOf.get(row.departmentId) ?? '', row.code), row]),
    ),
    pools: new Map(poolRows.map((row) => [row.code, row])),
    items: items.map((row) => ({ itemVersionId: row.id, ...(row.body as ItemBody) })), // checked when published
    policy: { id: policy.id, body: takeoverPolicy },
  };
}

/** Published once; the version that every standing request names. */
async function takeoverVersion(deps: Deps, call: Call): Promise<Row<'versionedDocuments'>> {
  const found = await documentByVersion(deps.store, takeover);
  if (found !== null) return found;
  const now = deps.clock.business();
  const day = 86_400_000;
  const row = {
    id: deps.ids.next('policy'),
    ...takeover,
    state: 'published' as const,
    body: takeoverPolicy,
    digest: sm3Hex(canonicalJson(takeoverPolicy)),
    clause,
    effectiveFrom: now,
    // In force while the takeover lasts: nothing is submitted under it afterwards.
    effectiveTo: now + day,
    recordedAt: now,
    version: 1,
  };
  const audit = auditOf(deps, call, {
    action: 'policy.publish',
    subjectKind: 'policy',
    subjectId: row.id,
    tenantId: null,
    detail: { code: row.code, revision: row.revision, digest: row.digest },
  });
  await deps.store.commit({ audit, inserts: [{ table: 'versionedDocuments', row }] });
  return row;
}
