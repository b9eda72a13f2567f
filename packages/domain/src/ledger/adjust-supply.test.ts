import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minusAmounts, plusAmounts } from '../catalog/amounts.ts';
import { resourceNames, type ResourceAmounts } from '../catalog/resources.ts';
import { adjustSupply } from './adjust-supply.ts';
import { balanced } from './algebra.ts';
import { balancesOf, judge } from './judge.ts';

const observed: fc.Arbitrary<ResourceAmounts> = fc.record(
  { cpu: fc.nat(10 ** 9), memory: fc.nat(10 ** 10), storage: fc.nat(10 ** 11), gpu: fc.nat(512) },
  { requiredKeys: [] },
);

describe('adjustSupply', () => {
  const at = (supply: ResourceAmounts, free: ResourceAmounts) => ({ supply, free });

  test('new capacity becomes free', () => {
    const { entries, uncovered } = adjustSupply('pool_a', at({}, {}), { gpu: 8 });
    expect(entries).toEqual([
      { account: 'capacity/pool_a/supply', commodity: 'pool_a:gpu', amount: -8 },
      { account: 'capacity/pool_a/free', commodity: 'pool_a:gpu', amount: 8 },
    ]);
    expect(uncovered).toEqual({});
  });

  test('the same reading again moves nothing', () => {
    const same = { cpu: 8_000, gpu: 4 };
    expect(adjustSupply('pool_a', at(same, { cpu: 0, gpu: 4 }), same).entries).toEqual([]);
  });

  test('a loss is taken from what is free', () => {
    const { entries, uncovered } = adjustSupply('pool_a', at({ cpu: 100 }, { cpu: 60 }), {
      cpu: 70,
    });
    expect(entries.map((entry) => entry.amount)).toEqual([30, -30]);
    expect(uncovered).toEqual({});
  });

  test('a loss beyond what is free breaks no promise: the rest stays visible as uncovered', () => {
    const { entries, uncovered } = adjustSupply('pool_a', at({ cpu: 100 }, { cpu: 20 }), {
      cpu: 10,
    });
    expect(entries.map((entry) => entry.amount)).toEqual([20, -20]);
    expect(uncovered).toEqual({ cpu: 70 });
  });

  test('a pool whose workers are gone keeps exactly what is promised', () => {
    const { uncovered } = adjustSupply('pool_a', at({ cpu: 100 }, { cpu: 0 }), {});
    expect(uncovered).toEqual({ cpu: 100 });
  });

  test('every adjustment is balanced, is accepted by the ledger, and accounts for the whole difference', () => {
    fc.assert(
      fc.property(observed, observed, fc.nat(100), (supply, wanted, share) => {
        const free = Object.fromEntries(
          resourceNames.map((name) => [name, Math.floor(((supply[name] ?? 0) * share) / 100)]),
        );
        const { entries, uncovered } = adjustSupply('pool_a', at(supply, free), wanted);
        if (entries.length > 0) {
          expect(balanced(entries)).toBe(true);
          const rows = resourceNames.map((name) => ({
            account: 'capacity/pool_a/free',
            commodity: `pool_a:${name}`,
            balance: free[name] ?? 0,
            floor: 0,
          }));
          expect(judge(balancesOf(rows), [{ entries }]).kind).toBe('accepted');
        }
        const moved: Record<string, number> = {};
        for (const entry of entries)
          if (entry.account.endsWith('/free')) moved[entry.commodity.slice(7)] = entry.amount;
        const reached = minusAmounts(plusAmounts(supply, moved), uncovered);
        for (const name of resourceNames) expect(reached[name] ?? 0).toBe(wanted[name] ?? 0);
      }),
    );
  });
});
