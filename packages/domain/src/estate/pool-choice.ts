import {
  resourceNames,
  type Architecture,
  type PoolClass,
  type ResourceAmounts,
} from '../catalog/resources.ts';

/** A pool as the ledger sees it now. */
export interface PoolStanding {
  readonly id: string;
  readonly code: string;
  readonly cloudNodeId: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly supply: ResourceAmounts;
  readonly free: ResourceAmounts;
}

export interface PoolWish {
  readonly cloudNodeId: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
}

export type PoolChoice =
  | { readonly kind: 'chosen'; readonly pool: PoolStanding }
  /** Pools match but none fits the whole; `nearest` is the one with the smallest gap, for the refusal (L5). */
  | { readonly kind: 'short'; readonly nearest: PoolStanding }
  | { readonly kind: 'none' };

/** The matching pool with most free that fits the whole (design 7, Two axes). The same standing gives the same pool. */
export function choosePool(
  pools: readonly PoolStanding[],
  wish: PoolWish,
  demand: ResourceAmounts,
): PoolChoice {
  const [best] = pools.filter((pool) => matches(pool, wish)).toSorted(byRoomAfter(demand));
  if (best === undefined) return { kind: 'none' };
  return fits(best, demand) ? { kind: 'chosen', pool: best } : { kind: 'short', nearest: best };
}

/** Pools of the same architecture and class, on any node, that would take the whole: best first, the given ones left out. */
export function alternativePools(
  pools: readonly PoolStanding[],
  wish: Pick<PoolWish, 'arch' | 'poolClass'> & { readonly except: readonly string[] },
  demand: ResourceAmounts,
): readonly PoolStanding[] {
  return pools
    .filter(
      (pool) =>
        pool.arch === wish.arch &&
        pool.poolClass === wish.poolClass &&
        !wish.except.includes(pool.id),
    )
    .filter((pool) => fits(pool, demand))
    .toSorted(byRoomAfter(demand));
}

/** A pool carries a resource when it has any supply of it. */
export const carries = (
  pool: Pick<PoolStanding, 'supply'>,
  resource: keyof ResourceAmounts,
): boolean => (pool.supply[resource] ?? 0) > 0;

export const fits = (pool: PoolStanding, demand: ResourceAmounts): boolean =>
  resourceNames.every(
    (resource) => (demand[resource] ?? 0) <= Math.max(pool.free[resource] ?? 0, 0),
  );

const matches = (pool: PoolStanding, wish: PoolWish): boolean =>
  pool.cloudNodeId === wish.cloudNodeId &&
  pool.arch === wish.arch &&
  pool.poolClass === wish.poolClass;

/** Remaining over supply of one resource, kept as a fraction: pools of any size compare without floating point. */
interface Room {
  readonly left: bigint;
  readonly supply: bigint;
}

function roomAfter(pool: PoolStanding, demand: ResourceAmounts): Room {
  const rooms = resourceNames
    .filter((resource) => (demand[resource] ?? 0) > 0)
    .map((resource) => ({
      left: BigInt(pool.free[resource] ?? 0) - BigInt(demand[resource] ?? 0),
      supply: BigInt(Math.max(pool.supply[resource] ?? 0, 1)),
    }));
  return rooms.reduce(
    (tightest, room) => (compareRooms(room, tightest) < 0 ? room : tightest),
    rooms[0] ?? { left: 0n, supply: 1n },
  );
}

function compareRooms(left: Room, right: Room): number {
  const difference = left.left * right.supply - right.left * left.supply;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const byRoomAfter =
  (demand: ResourceAmounts) =>
  (left: PoolStanding, right: PoolStanding): number =>
    compareRooms(roomAfter(right, demand), roomAfter(left, demand)) ||
    compareText(left.code, right.code) ||
    compareText(left.id, right.id);

const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
