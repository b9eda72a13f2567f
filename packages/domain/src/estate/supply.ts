import { addAmounts } from '@yunheng/kernel/quantity';
import { resourceNames, type ResourceAmounts, type ResourceName } from '../catalog/resources.ts';
import { capacityAccounts, capacityCommodity } from '../ledger/accounts.ts';
import type { Entry } from '../ledger/transfer.ts';

/** Only these may be promised more than once: memory, a card or a volume is there or it is not. */
export const overcommittable: readonly ResourceName[] = ['cpu'];

/** What may be promised of what the clusters report, cut down so that it never exceeds the declared overcommit (L1). */
export function supplyOf(observed: ResourceAmounts, overcommitPermille: number): ResourceAmounts {
  const supply: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames) {
    const amount = observed[resource];
    if (amount === undefined) continue;
    supply[resource] = overcommittable.includes(resource)
      ? permille(amount, overcommitPermille)
      : amount;
  }
  return supply;
}

/** BigInt in between: memory of a province times a thousand is still safe, times a careless overcommit it is not. */
const permille = (amount: number, thousandths: number): number =>
  addAmounts(Number((BigInt(amount) * BigInt(thousandths)) / 1000n), 0);

export interface SupplyAdjustment {
  readonly entries: readonly Entry[];
  /** What the clusters no longer carry although it is promised: the sweep of L1 raises it, nobody's hold is taken. */
  readonly uncovered: ResourceAmounts;
}

/**
 * Entries that bring a pool's supply to `wanted`. A loss is taken from what is free; beyond that it stays
 * visible as `uncovered` instead of breaking promises silently.
 */
export function adjustSupply(
  poolId: string,
  current: { readonly supply: ResourceAmounts; readonly free: ResourceAmounts },
  wanted: ResourceAmounts,
): SupplyAdjustment {
  const entries: Entry[] = [];
  const uncovered: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames) {
    const change = (wanted[resource] ?? 0) - (current.supply[resource] ?? 0);
    const taken = Math.max(change, -Math.max(current.free[resource] ?? 0, 0));
    if (taken > change) uncovered[resource] = taken - change;
    if (taken === 0) continue;
    const commodity = capacityCommodity(poolId, resource);
    entries.push({ account: capacityAccounts.supply(poolId), commodity, amount: -taken });
    entries.push({ account: capacityAccounts.free(poolId), commodity, amount: taken });
  }
  return { entries, uncovered };
}
