import { cloudNodes, departmentById, pools as allPools } from '@yunheng/db/queries/estate';
import { holdersOfPool, type Holder } from '@yunheng/db/queries/holders';
import { balancesByScope } from '@yunheng/db/queries/balances';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Actor } from '@yunheng/domain/identity/roles';
import { parseAccount } from '@yunheng/domain/ledger/accounts';
import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { sumAmounts } from '@yunheng/kernel/quantity';
import type { Deps } from '../deps.ts';
import { poolsWithFree } from './content-facts.ts';
import type { PlannedLine } from './plan-holds.ts';

export interface HolderView {
  readonly kind: 'held' | 'allocated';
  readonly label: string | null;
  readonly requestId: string | null;
  readonly count: number;
  readonly amount: number;
  readonly earliestExpiry: number | null;
}

export interface Alternative {
  readonly poolId: string;
  readonly poolCode: string;
  readonly cloudNode: { readonly id: string; readonly name: string };
  readonly free: number;
}

/** What law L5 asks of a refusal; the shape of the wire contract. */
export interface ShortfallView {
  readonly account: string;
  readonly book: 'capacity' | 'quota';
  readonly scopeName: string;
  readonly resource: ResourceName;
  readonly free: number;
  readonly needed: number;
  readonly missing: number;
  readonly holders: readonly HolderView[];
  readonly alternatives: readonly Alternative[];
}

/** The committer's shortfalls as an error that teaches: account, balance, who holds the rest, what would pass. */
export async function shortfallError(
  deps: Deps,
  actor: Actor,
  shortfalls: readonly Shortfall[],
): Promise<DomainError> {
  const details = await explainShortfalls(deps, actor, shortfalls);
  const [first] = details;
  const code = first?.book === 'quota' ? 'request.quota_short' : 'request.capacity_short';
  const params =
    first === undefined
      ? {}
      : {
          scope: first.scopeName,
          resource: first.resource,
          free: first.free,
          needed: first.needed,
          missing: first.missing,
        };
  return domainError(code, params, { details });
}

export const explainShortfalls = (
  deps: Deps,
  actor: Actor,
  shortfalls: readonly Shortfall[],
): Promise<ShortfallView[]> =>
  Promise.all(shortfalls.map((shortfall) => explain(deps, actor, shortfall)));

async function explain(deps: Deps, actor: Actor, shortfall: Shortfall): Promise<ShortfallView> {
  const account = parseAccount(shortfall.account);
  const resource = shortfall.commodity.slice(shortfall.commodity.indexOf(':') + 1) as ResourceName; // written by the account builders
  const view = {
    account: shortfall.account,
    book: account?.book ?? 'capacity',
    resource,
    free: shortfall.balance - shortfall.floor,
    needed: shortfall.needed,
    missing: shortfall.missing,
  };
  if (account?.book === 'quota') {
    const department = await departmentById(deps.store, wholeProvince, account.scope);
    return { ...view, scopeName: department?.name ?? account.scope, holders: [], alternatives: [] };
  }
  const poolId = account?.scope ?? '';
  const [pools, nodes, holders] = await Promise.all([
    allPools(deps.store),
    cloudNodes(deps.store),
    holdersOfPool(deps.store, poolId, resource),
  ]);
  const pool = pools.find((candidate) => candidate.id === poolId);
  const others = pools.filter(
    (other) =>
      other.id !== poolId && other.arch === pool?.arch && other.poolClass === pool.poolClass,
  );
  return {
    ...view,
    scopeName: pool?.code ?? poolId,
    holders: visibleHolders(actor, holders),
    alternatives: (
      await roomElsewhere(deps, { pools: others, nodes, resource, needed: shortfall.needed })
    ).slice(0, 3),
  };
}

const namedAtMost = 5;

/** Names for those who may read them; for the others class, count and earliest expiry (design 7, Tenancy). */
export function visibleHolders(actor: Actor, holders: readonly Holder[]): HolderView[] {
  const scope = scopeOf(actor);
  const mayRead = (holder: Holder) => scope.kind === 'all' || scope.ids.includes(holder.tenantId);
  const named = holders.filter(mayRead).slice(0, namedAtMost);
  const rest = holders.filter((holder) => !named.includes(holder));
  return [
    ...named.map((holder) => ({
      kind: holder.kind,
      label: holder.label,
      requestId: holder.requestId,
      count: 1,
      amount: holder.amount,
      earliestExpiry: holder.expiresAt,
    })),
    ...(['held', 'allocated'] as const).flatMap((kind) => summary(rest, kind)),
  ];
}

function summary(holders: readonly Holder[], kind: 'held' | 'allocated'): HolderView[] {
  const of = holders.filter((holder) => holder.kind === kind);
  if (of.length === 0) return [];
  const expiries = of.flatMap((holder) => (holder.expiresAt === null ? [] : [holder.expiresAt]));
  return [
    {
      kind,
      label: null,
      requestId: null,
      count: of.length,
      amount: sumAmounts(of.map((holder) => holder.amount)),
      earliestExpiry: expiries.length === 0 ? null : Math.min(...expiries),
    },
  ];
}

/** Pools of the same kind that would take the whole, most free first. */
export async function roomElsewhere(
  deps: Deps,
  want: {
    pools: readonly Row<'pools'>[];
    nodes: readonly Row<'cloudNodes'>[];
    resource: ResourceName;
    needed: number;
  },
): Promise<Alternative[]> {
  const nodeOf = new Map(want.nodes.map((node) => [node.id, node]));
  return (await poolsWithFree(deps.store, want.pools))
    .map((pool) => ({
      poolId: pool.id,
      poolCode: pool.code,
      cloudNode: {
        id: pool.cloudNodeId,
        name: nodeOf.get(pool.cloudNodeId)?.name ?? pool.cloudNodeId,
      },
      free: Math.max(0, pool.free[want.resource] ?? 0),
    }))
    .filter((pool) => pool.free >= want.needed)
    .toSorted((left, right) => right.free - left.free);
}

/** A department may not keep more than a share of its entitlement waiting in holds (policy data). */
export async function holdCapError(
  deps: Deps,
  of: { departmentId: string; lines: readonly PlannedLine[]; policy: ApprovalPolicy },
): Promise<DomainError | null> {
  const balances = await balancesByScope(deps.store, 'quota', of.departmentId);
  const resourceOf = (row: { commodity: string }) =>
    row.commodity.slice(row.commodity.indexOf(':') + 1);
  for (const resource of new Set(of.lines.map((line) => line.resource))) {
    const rows = balances.filter((row) => resourceOf(row) === resource);
    const entitled = sumAmounts(rows.map((row) => row.balance));
    const held = sumAmounts(rows.filter((row) => row.stage === 'held').map((row) => row.balance));
    const asked = sumAmounts(
      of.lines.filter((line) => line.resource === resource).map((line) => line.hold),
    );
    const cap = Math.floor((entitled * of.policy.openHoldPermille) / 1000);
    if (asked > 0 && held + asked > cap) {
      return domainError('request.hold_cap', {
        resource,
        cap,
        held,
        needed: asked,
        missing: held + asked - cap,
      });
    }
  }
  return null;
}
