import { poolById, systemById } from '@yunheng/db/queries/estate';
import { balancesByScope } from '@yunheng/db/queries/balances';
import type { Row } from '@yunheng/db/store';
import { endOfWorkingDay } from '@yunheng/domain/approval/working-days';
import { scopeOf } from '@yunheng/domain/identity/policy';
import {
  capacityAccounts,
  capacityCommodity,
  quotaAccounts,
  quotaCommodity,
} from '@yunheng/domain/ledger/accounts';
import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import { checkContent, type ContentFacts } from '@yunheng/domain/quota/check-content';
import { contentWarnings } from '@yunheng/domain/quota/content-warnings';
import type { PoolFacts } from '@yunheng/domain/quota/effect';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type Issue } from '@yunheng/kernel/errors';
import { sumAmounts } from '@yunheng/kernel/quantity';
import { err, ok } from '@yunheng/kernel/result';
import { authorize } from '../authorize.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { writtenLines } from './check-submission.ts';
import { loadContentFacts, poolsWithFree } from './content-facts.ts';
import { normalizeContent } from './normalize-content.ts';
import { planHolds, type PlannedLine } from './plan-holds.ts';
import { explainShortfalls, holdCapError, type ShortfallView } from './refusal.ts';
import { rulesInForce } from './rules-in-force.ts';

export interface Preview {
  readonly issues: Issue[];
  /** What may be submitted and hardly anybody wants. */
  readonly warnings: Issue[];
  readonly shortfalls: ShortfallView[];
  readonly effect: EffectView[];
  readonly steps: { code: string; roles: string[]; workingDays: number }[];
  readonly holdUntil: number | null;
  readonly at: number;
}

interface EffectView {
  readonly resource: PlannedLine['resource'];
  readonly poolId: string | null;
  readonly poolCode: string | null;
  readonly before: number;
  readonly after: number;
  readonly poolFreeAfter: number | null;
  readonly quotaFreeAfter: number | null;
}

export interface PreviewInput extends RequestContent {
  /** The draft or returned request that is being typed: it does not stand in its own way. */
  readonly requestId?: string | null | undefined;
}

/** The effect before the act: what submission would say, with nothing written and nothing refused. */
export async function previewRequest(
  deps: Deps,
  call: Call,
  input: PreviewInput,
): Outcome<Preview> {
  const system = await systemById(deps.store, scopeOf(call.actor), input.systemId);
  if (system === null) return err(domainError('access.not_found'));
  const allowed = authorize(call.actor, 'requests.preview', { departmentId: system.departmentId });
  if (!allowed.ok) return allowed;
  const content = normalizeContent(input);
  const now = deps.clock.business();
  const [facts, rules, quota] = await Promise.all([
    loadContentFacts(deps.store, content, {
      requestId: input.requestId ?? null,
      reader: scopeOf(call.actor),
      at: now,
    }),
    rulesInForce(deps.store, now),
    balancesByScope(deps.store, 'quota', system.departmentId),
  ]);
  const issues = [...checkContent(content, facts)];
  const policy = rules.policy.body;
  const blocking = issues.some(
    (issue) => issue.path.startsWith('lines') || issue.path === 'allocationId',
  );
  const written = blocking ? [] : await writtenLines(deps, content, facts);
  const lines = planHolds({ ...content, lines: written }, facts);
  const { departmentId } = system;
  const overCap = await holdCapError(deps, { departmentId, lines, policy });
  if (overCap !== null) issues.push({ path: 'lines', code: overCap.code, params: overCap.params });
  const pools = await poolsOf(deps, lines, facts);
  return ok({
    issues,
    warnings: blocking ? [] : [...contentWarnings(content, facts.allocation)],
    shortfalls: await explainShortfalls(deps, call.actor, {
      shortfalls: gaps(lines, { pools, quota, departmentId }),
      lines,
      occupied: new Set(facts.occupants.keys()),
    }),
    effect: lines.map((line) => effectView(line, { lines, pools, quota })),
    steps: policy.steps.map((step) => ({
      code: step.code,
      roles: [...step.roles],
      workingDays: step.workingDays,
    })),
    holdUntil: lines.some((line) => line.hold > 0)
      ? endOfWorkingDay(now, policy.holdWorkingDays, rules.calendar)
      : null,
    at: now,
  });
}

/** A release names no pool of its own: the one that the allocation stands in. */
async function poolsOf(
  deps: Deps,
  lines: readonly PlannedLine[],
  facts: ContentFacts,
): Promise<readonly PoolFacts[]> {
  const missing = new Set(lines.map((line) => line.poolId));
  for (const pool of facts.pools) missing.delete(pool.id);
  const rows = await Promise.all([...missing].map((id) => poolById(deps.store, id ?? '')));
  return [
    ...facts.pools,
    ...(await poolsWithFree(
      deps.store,
      rows.filter((row) => row !== null),
    )),
  ];
}

interface Balances {
  readonly pools: readonly PoolFacts[];
  readonly quota: readonly Row<'ledgerBalances'>[];
}

const quotaFree = (quota: Balances['quota'], resource: string) =>
  quota.find((row) => row.stage === 'free' && row.commodity === `quota:${resource}`);

function effectView(
  line: PlannedLine,
  { lines, pools, quota }: Balances & { lines: readonly PlannedLine[] },
): EffectView {
  const pool = pools.find((candidate) => candidate.id === line.poolId);
  const free = quotaFree(quota, line.resource);
  const heldOfQuota = sumAmounts(
    lines.filter(({ resource }) => resource === line.resource).map(({ hold }) => hold),
  );
  return {
    resource: line.resource,
    poolId: line.poolId,
    poolCode: pool?.code ?? null,
    before: line.before,
    after: line.after,
    poolFreeAfter: pool === undefined ? null : (pool.free[line.resource] ?? 0) - line.hold,
    quotaFreeAfter: free === undefined ? null : free.balance - heldOfQuota,
  };
}

/** The same comparison that the committer makes, in advance and without its certainty: each account once. */
function gaps(lines: readonly PlannedLine[], of: Balances & { departmentId: string }): Shortfall[] {
  const asked = new Map<string, Omit<Shortfall, 'missing'>>();
  for (const line of lines) {
    if (line.hold === 0) continue;
    for (const account of accountsOf(line, of)) {
      const key = `${account.account} ${account.commodity}`;
      const needed = (asked.get(key)?.needed ?? 0) + line.hold;
      asked.set(key, { ...account, needed });
    }
  }
  return [...asked.values()].flatMap((account) => {
    const missing = account.needed - (account.balance - account.floor);
    return missing > 0 ? [{ ...account, missing }] : [];
  });
}

function accountsOf(line: PlannedLine, of: Balances & { departmentId: string }) {
  const pool = of.pools.find((candidate) => candidate.id === line.poolId);
  const quota = quotaFree(of.quota, line.resource);
  return [
    {
      account: capacityAccounts.free(line.poolId ?? ''),
      commodity: capacityCommodity(line.poolId ?? '', line.resource),
      balance: pool?.free[line.resource] ?? 0,
      floor: 0,
    },
    {
      account: quotaAccounts.free(of.departmentId),
      commodity: quotaCommodity(line.resource),
      balance: quota?.balance ?? 0,
      floor: quota?.floor ?? 0,
    },
  ];
}
