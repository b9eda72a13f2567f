/** Amounts by resource. A choice of pool knows no resource by name: what is asked for is what is compared. */
type Amounts = Readonly<Partial<Record<string, number>>>;

/** As much of a pool as a choice needs. */
export interface PoolFree {
  readonly id: string;
  readonly code: string;
  readonly free: Amounts;
}

/**
 * Of the candidates the one with most free that fits the whole; when none fits, the one that comes closest, so that
 * the refusal names the smallest gap (design 7, Two axes). Undefined only without candidates.
 * The same standing always gives the same pool: ties go by code, then id.
 */
export function choosePool<P extends PoolFree>(
  candidates: readonly P[],
  demand: Amounts,
): P | undefined {
  return ranked(candidates, demand)[0];
}

export interface PoolKind {
  readonly arch: string;
  readonly poolClass: string;
}

/** Pools of the same architecture and class, on any node, that would take the whole, best first (law L5). */
export function alternativePools<P extends PoolFree & PoolKind>(
  pools: readonly P[],
  wish: PoolKind & { readonly exceptPoolId: string | null },
  demand: Amounts,
): readonly P[] {
  const others = pools.filter(
    (pool) =>
      pool.arch === wish.arch && pool.poolClass === wish.poolClass && pool.id !== wish.exceptPoolId,
  );
  return ranked(
    others.filter((pool) => fitsInto(pool, demand)),
    demand,
  );
}

/** True when the pool has the whole free. A balance below zero is nothing, not a debt that zero demand could fail on. */
export const fitsInto = (pool: Pick<PoolFree, 'free'>, demand: Amounts): boolean =>
  Object.entries(demand).every(
    ([resource, asked = 0]) => asked <= Math.max(pool.free[resource] ?? 0, 0),
  );

const ranked = <P extends PoolFree>(pools: readonly P[], demand: Amounts): readonly P[] =>
  pools.toSorted(
    (left, right) =>
      compareRooms(tightestRoom(right.free, demand), tightestRoom(left.free, demand)) ||
      compareText(left.code, right.code) ||
      compareText(left.id, right.id),
  );

/** What stays free of a resource over what is asked of it, as a fraction: millicores and cards compare exactly. */
interface Room {
  readonly left: bigint;
  readonly asked: bigint;
}

function tightestRoom(free: Amounts, demand: Amounts): Room {
  let tightest: Room | null = null;
  for (const [resource, amount = 0] of Object.entries(demand)) {
    const asked = BigInt(amount);
    if (asked <= 0n) continue;
    const room = { left: BigInt(free[resource] ?? 0) - asked, asked };
    if (tightest === null || compareRooms(room, tightest) < 0) tightest = room;
  }
  return tightest ?? { left: 0n, asked: 1n };
}

function compareRooms(one: Room, other: Room): number {
  const difference = one.left * other.asked - other.left * one.asked;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
