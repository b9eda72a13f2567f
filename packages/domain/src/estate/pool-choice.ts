import {
  resourceNames,
  type Architecture,
  type PoolClass,
  type ResourceAmounts,
} from '../catalog/resources.ts';

/** As much of a pool as a choice needs. */
export interface PoolFree {
  readonly id: string;
  readonly code: string;
  readonly free: ResourceAmounts;
}

/**
 * Of the candidates the one with most free that fits the whole; when none fits, the one that comes closest, so that
 * the refusal names the smallest gap (design 7, Two axes). Undefined only without candidates.
 * The same standing always gives the same pool: ties go by code, then id.
 */
export function choosePool<P extends PoolFree>(
  candidates: readonly P[],
  demand: ResourceAmounts,
): P | undefined {
  return ranked(candidates, demand)[0];
}

export interface PoolKind {
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
}

/** Pools of the same architecture and class, on any node, that would take the whole, best first (law L5). */
export function alternativePools<P extends PoolFree & PoolKind>(
  pools: readonly P[],
  wish: PoolKind & { readonly exceptPoolId: string | null },
  demand: ResourceAmounts,
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
export const fitsInto = (pool: Pick<PoolFree, 'free'>, demand: ResourceAmounts): boolean =>
  resourceNames.every(
    (resource) => (demand[resource] ?? 0) <= Math.max(pool.free[resource] ?? 0, 0),
  );

const ranked = <P extends PoolFree>(pools: readonly P[], demand: ResourceAmounts): readonly P[] =>
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

function tightestRoom(free: ResourceAmounts, demand: ResourceAmounts): Room {
  let tightest: Room | null = null;
  for (const resource of resourceNames) {
    const asked = BigInt(demand[resource] ?? 0);
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
