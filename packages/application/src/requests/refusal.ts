import { cloudNodes, departmentById, pools as allPools } from '@yunheng/db/queries/estate';
import { holdersOfPool } from '@yunheng/db/queries/holders';
import { quotaTotals } from '@yunheng/db/queries/balances';
import { heldInReview } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row } from '@yunheng/db/store';
import type { ApprovalPolicy } from '@yunheng/domain/approval/policy';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { alternativePools } from '@yunheng/domain/estate/pool-choice';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Actor } from '@yunheng/domain/identity/roles';
import { parseAccount, quotaCommodity } from '@yunheng/domain/ledger/accounts';
import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import {
  demandOn,
  overHoldCap,
  visibleHolders,
  type HeldIncrease,
  type HolderView,
} from '@yunheng/domain/quota/refusal';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { sumAmounts } from '@yunheng/kernel/quantity';
import type { Deps } from '../deps.ts';
import { poolsWithFree } from './content-facts.ts';
import type { PlannedLine } from './plan-holds.ts';

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

/** What the ledger refused, and all lines of the request: a way out has to take the whole. */
export interface Refused {
  readonly shortfalls: readonly Shortfall[];
  readonly lines: readonly HeldIncrease[];
  /** Pools where this environment stands or is asked for already: no way out for a new allocation. */
  readonly occupied: ReadonlySet<string>;
}

/** Lines as they were recorded at submission. */
export const increasesOf = (lines: readonly Row<'requestLines'>[]): readonly HeldIncrease[] =>
  lines.map(({ poolId, resource, amount, before }) => {
    return { poolId, resource, hold: Math.max(0, amount - before) };
  });

/** The committer's shortfalls as an error that teaches: account, balance, who holds the rest, what would pass. */
export async function shortfallError(
  deps: Deps,
  actor: Actor,
  refused: Refused,
): Promise<DomainError> {
  const details = await explainShortfalls(deps, actor, refused);
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
  refused: Refused,
): Promise<ShortfallView[]> =>
  Promise.all(
    refused.shortfalls.map((shortfall) => explain(deps, actor, { ...refused, shortfall })),
  );

async function explain(
  deps: Deps,
  actor: Actor,
  { shortfall, lines, occupied }: Omit<Refused, 'shortfalls'> & { shortfall: Shortfall },
): Promise<ShortfallView> {
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
  const scope = scopeOf(actor);
  const mayRead = (tenantId: string) => scope.kind === 'all' || scope.ids.includes(tenantId);
  const room =
    pool === undefined
      ? []
      : await roomElsewhere(deps, {
          pool,
          pools,
          nodes,
          resource,
          demand: demandOn(poolId, lines),
        });
  return {
    ...view,
    scopeName: pool?.code ?? poolId,
    holders: visibleHolders(holders, mayRead),
    alternatives: room.filter(({ poolId: id }) => !occupied.has(id)).slice(0, 3),
  };
}

interface Elsewhere {
  readonly pool: Row<'pools'>;
  readonly pools: readonly Row<'pools'>[];
  readonly nodes: readonly Row<'cloudNodes'>[];
  /** Whose free amount is shown. */
  readonly resource: ResourceName;
  readonly demand: ResourceAmounts;
}

/** Pools of the same architecture and class that would take the whole, most room first. */
export async function roomElsewhere(deps: Deps, of: Elsewhere): Promise<Alternative[]> {
  const nodeOf = new Map(of.nodes.map((node) => [node.id, node]));
  const { arch, poolClass } = of.pool;
  const same = of.pools.filter((pool) => pool.arch === arch && pool.poolClass === poolClass);
  const standing = await poolsWithFree(deps.store, same);
  const wish = { arch, poolClass, exceptPoolId: of.pool.id };
  return alternativePools(standing, wish, of.demand).map((pool) => ({
    poolId: pool.id,
    poolCode: pool.code,
    cloudNode: {
      id: pool.cloudNodeId,
      name: nodeOf.get(pool.cloudNodeId)?.name ?? pool.cloudNodeId,
    },
    free: Math.max(0, pool.free[of.resource] ?? 0),
  }));
}

/** A department may not keep more than a share of its entitlement waiting in holds (policy data). */
export async function holdCapError(
  deps: Deps,
  of: { departmentId: string; lines: readonly PlannedLine[]; policy: ApprovalPolicy },
): Promise<DomainError | null> {
  const totals = await quotaTotals(deps.store, of.departmentId);
  for (const resource of new Set(of.lines.map((line) => line.resource))) {
    const rows = totals.filter((row) => row.commodity === quotaCommodity(resource));
    const entitled = sumAmounts(rows.map((row) => row.total));
    const held = sumAmounts(rows.filter((row) => row.stage === 'held').map((row) => row.total));
    const asked = sumAmounts(
      of.lines.filter((line) => line.resource === resource).map((line) => line.hold),
    );
    const permille = of.policy.openHoldPermille;
    if (overHoldCap({ entitled, held, asked, permille }) === null) continue;
    // What is approved and waits for its cluster is promised, not kept waiting: it is told apart only when it matters.
    const open = await heldInReview(deps.store, { departmentId: of.departmentId, resource });
    const over = overHoldCap({ entitled, held: open, asked, permille });
    if (over !== null)
      return domainError('request.hold_cap', { resource, held: open, needed: asked, ...over });
  }
  return null;
}
