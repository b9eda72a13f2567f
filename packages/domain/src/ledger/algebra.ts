import { addAmounts, type Amount } from '@yunheng/kernel/quantity';
import type { Entry } from './transfer.ts';

/** The key of one balance: an account holds each commodity apart. */
export const balanceKey = (account: string, commodity: string): string => `${account} ${commodity}`;

/** Double entry (law L2): at least two entries, whole safe amounts that are not zero, zero in sum for each commodity. */
export function balanced(entries: readonly Entry[]): boolean {
  if (entries.length < 2) return false;
  const sums = new Map<string, bigint>();
  for (const entry of entries) {
    if (!Number.isSafeInteger(entry.amount) || entry.amount === 0) return false;
    sums.set(entry.commodity, (sums.get(entry.commodity) ?? 0n) + BigInt(entry.amount));
  }
  return [...sums.values()].every((sum) => sum === 0n);
}

/** One entry for each account and commodity, in order of first mention; what cancels out leaves no entry. */
export function merged(entries: readonly Entry[]): readonly Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const key = balanceKey(entry.account, entry.commodity);
    const before = sums.get(key)?.amount ?? 0;
    sums.set(key, { ...entry, amount: addAmounts(before, entry.amount) });
  }
  return [...sums.values()].filter((entry) => entry.amount !== 0);
}

/** Exactly the way back. */
export const reversed = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map((entry) => ({ ...entry, amount: -entry.amount }));

/** Balances from nothing, in order: what a sweep must find equal to the kept rows (law L2). */
export function replay(
  transfers: Iterable<{ readonly entries: readonly Entry[] }>,
): ReadonlyMap<string, Amount> {
  const sums = new Map<string, Amount>();
  for (const { entries } of transfers) {
    for (const entry of entries) {
      const key = balanceKey(entry.account, entry.commodity);
      sums.set(key, addAmounts(sums.get(key) ?? 0, entry.amount));
    }
  }
  return sums;
}
