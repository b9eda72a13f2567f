import type { Instant } from '@yunheng/kernel/clock';
import { addAmounts, sumAmounts, type Amount } from '@yunheng/kernel/quantity';
import type { ResourceAmounts, ResourceName } from '../catalog/resources.ts';

/** A line as a refusal looks at it: where its increase is held, or would be. */
export interface HeldIncrease {
  readonly poolId: string | null;
  readonly resource: ResourceName;
  readonly hold: Amount;
}

/** Everything that a request wants of one pool. Another pool is a way out only if it takes all of it. */
export function demandOn(poolId: string, lines: readonly HeldIncrease[]): ResourceAmounts {
  const demand: Partial<Record<ResourceName, number>> = {};
  for (const line of lines) {
    if (line.poolId !== poolId || line.hold === 0) continue;
    demand[line.resource] = addAmounts(demand[line.resource] ?? 0, line.hold);
  }
  return demand;
}

/** Who keeps a part of what was asked for. */
export interface Holder {
  readonly kind: 'held' | 'allocated';
  readonly tenantId: string;
  readonly label: string;
  readonly requestId: string | null;
  readonly amount: Amount;
  readonly expiresAt: Instant | null;
}

/** A holder by name, or several as class, count and earliest expiry; then `label` is null. */
export interface HolderView {
  readonly kind: 'held' | 'allocated';
  readonly label: string | null;
  readonly requestId: string | null;
  readonly count: number;
  readonly amount: Amount;
  readonly earliestExpiry: Instant | null;
}

const namedAtMost = 5;

/**
 * Law L5 as far as the reader may know: the largest holders by name where the reader may read them, everybody else
 * summed up (design 7, Tenancy). Nothing of a foreign holder but class, count, amount and expiry leaves this function.
 */
export function visibleHolders(
  holders: readonly Holder[],
  mayRead: (tenantId: string) => boolean,
): readonly HolderView[] {
  const named = holders
    .filter((holder) => mayRead(holder.tenantId))
    .toSorted((left, right) => right.amount - left.amount)
    .slice(0, namedAtMost);
  const rest = holders.filter((holder) => !named.includes(holder));
  return [
    ...named.map(({ kind, label, requestId, amount, expiresAt }) => {
      return { kind, label, requestId, count: 1, amount, earliestExpiry: expiresAt };
    }),
    ...summary(rest, 'held'),
    ...summary(rest, 'allocated'),
  ];
}

function summary(holders: readonly Holder[], kind: Holder['kind']): readonly HolderView[] {
  const of = holders.filter((holder) => holder.kind === kind);
  if (of.length === 0) return [];
  const expiries = of.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
  const earliestExpiry = expiries.length === 0 ? null : Math.min(...expiries);
  const amount = sumAmounts(of.map((holder) => holder.amount));
  return [{ kind, label: null, requestId: null, count: of.length, amount, earliestExpiry }];
}

export interface OpenHolds {
  /** What the authority entitles the department to of one resource, whatever state it is in. */
  readonly entitled: Amount;
  /** What its open requests hold already. */
  readonly held: Amount;
  readonly asked: Amount;
  /** Share of the entitlement that may be on hold at once (policy data). */
  readonly permille: number;
}

/** Null when the holds may be made; otherwise the cap and how much is too much. Who asks for nothing is never over it. */
export function overHoldCap(
  of: OpenHolds,
): { readonly cap: Amount; readonly missing: Amount } | null {
  if (of.asked === 0) return null;
  const cap = Number((BigInt(of.entitled) * BigInt(of.permille)) / 1000n);
  const missing = addAmounts(of.held, of.asked) - cap;
  return missing > 0 ? { cap, missing } : null;
}
