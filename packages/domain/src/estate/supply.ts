import { addAmounts } from '@yunheng/kernel/quantity';

/** Resources that may be promised more than once: memory, a card or a volume is there or it is not. */
export const overcommittable: ReadonlySet<string> = new Set(['cpu']);

/**
 * What may be promised of what the clusters report, cut down so that it never exceeds the declared overcommit (L1).
 * Knows no resource but the one that can be overcommitted: what comes in is what goes out.
 */
export function supplyOf<R extends string>(
  observed: Readonly<Partial<Record<R, number>>>,
  overcommitPermille: number,
): Readonly<Partial<Record<R, number>>> {
  const supply: Partial<Record<R, number>> = {};
  for (const resource in observed) {
    const amount = observed[resource];
    if (amount === undefined) continue;
    supply[resource] = overcommittable.has(resource)
      ? permille(amount, overcommitPermille)
      : amount;
  }
  return supply;
}

/** BigInt in between: millicores of a province times a thousand are safe, times a careless overcommit they are not. */
const permille = (amount: number, thousandths: number): number =>
  addAmounts(Number((BigInt(amount) * BigInt(thousandths)) / 1000n), 0);
