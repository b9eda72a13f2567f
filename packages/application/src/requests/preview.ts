import { systemById } from '@yunheng/db/queries/estate';
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
import type { RequestContent } from '@yunheng/domain/quota/request';
import { domainError, type Issue } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { authorize } from '../authorize.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { writtenLines } from './check-submission.ts';
import { loadContentFacts } from './content-facts.ts';
import { normalizeContent } from './normalize-content.ts';
import { planHolds, type PlannedLine } from './plan-holds.ts';
import { explainShortfalls, type ShortfallView } from './refusal.ts';
import { rulesInForce } from './rules-in-force.ts';

export interface Preview {
  readonly issues: Issue[];
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
    loadContentFacts(deps.store, content, input.requestId ?? null),
    rulesInForce(deps.store, now),
    balancesByScope(deps.store, 'quota', system.departmentId),
  ]);
  const issues = [...checkContent(content, facts)];
  const blocking = issues.some(
    (issue) => issue.path.startsWith('lines') || issue.path === 'allocationId',
  );
  const written = blocking ? [] : await writtenLines(deps, content, facts);
  const lines = planHolds({ ...content, lines: written }, facts);
  return ok({
    issues,
    shortfalls: await explainShortfalls(deps, call.actor, {
      shortfalls: gaps(lines, { facts, quota, departmentId: system.departmentId }),
      lines,
    }),
    effect: lines.map((line) => effectView(line, { facts, quota })),
    steps: rules.policy.body.steps.map((step) => ({
      code: step.code,
      roles: [...step.roles],
      workingDays: step.workingDays,
    })),
    holdUntil: lines.some((line) => line.hold > 0)
      ? endOfWorkingDay(now, rules.policy.body.holdWorkingDays, rules.calendar)
      : null,
    at: now,
  });
}

interface Balances {
  readonly facts: ContentFacts;
  readonly quota: readonly Row<'ledgerBalances'>[];
}

const quotaFree = (quota: Balances['quota'], resource: string) =>
  quota.find((row) => row.stage === 'free' && row.commodity === `quota:${resource}`);

function effectView(line: PlannedLine, { facts, quota }: Balances): EffectView {
  const pool = facts.pools.find((candidate) => candidate.id === line.poolId);
  const free = quotaFree(quota, line.resource);
  return {
    resource: line.resource,
    poolId: line.poolId,
    poolCode: pool?.code ?? null,
    before: line.before,
    after: line.after,
    poolFreeAfter: pool === undefined ? null : (pool.free[line.resource] ?? 0) - line.hold,
    quotaFreeAfter: free === undefined ? null : free.balance - line.hold,
  };
}

/** The same comparison that the committer makes, in advance and without its certainty. */
function gaps(lines: readonly PlannedLine[], of: Balances & { departmentId: string }): Shortfall[] {
  const shortfalls: Shortfall[] = [];
  for (const line of lines) {
    if (line.hold === 0) continue;
    const pool = of.facts.pools.find((candidate) => candidate.id === line.poolId);
    const quota = quotaFree(of.quota, line.resource);
    shortfalls.push(
      ...gap(line.hold, {
        account: capacityAccounts.free(line.poolId ?? ''),
        commodity: capacityCommodity(line.poolId ?? '', line.resource),
        balance: pool?.free[line.resource] ?? 0,
        floor: 0,
      }),
      ...gap(line.hold, {
        account: quotaAccounts.free(of.departmentId),
        commodity: quotaCommodity(line.resource),
        balance: quota?.balance ?? 0,
        floor: quota?.floor ?? 0,
      }),
    );
  }
  return shortfalls;
}

function gap(
  needed: number,
  at: { account: string; commodity: string; balance: number; floor: number },
): Shortfall[] {
  const missing = needed - (at.balance - at.floor);
  return missing > 0 ? [{ ...at, needed, missing }] : [];
}
