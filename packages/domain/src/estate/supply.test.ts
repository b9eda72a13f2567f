import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minusAmounts, plusAmounts } from '../catalog/amounts.ts';
import { resourceNames, type ResourceAmounts } from '../catalog/resources.ts';
import { balanced } from '../ledger/algebra.ts';
import { balancesOf, judge } from '../ledger/judge.ts';
import { adjustSupply, overcommittable, supplyOf } from './supply.ts';

const observed: fc.Arbitrary<ResourceAmounts> = fc.record(
  { cpu: fc.nat(10 ** 9), memory: fc.nat(10 ** 10), storage: fc.nat(10 ** 11), gpu: fc.nat(512) },
  { requiredKeys: [] },
);
const permille = fc.integer({ min: 0, max: 4_000 });

describe('supplyOf', () => {
  test.each([
    ['none', 1_000, { cpu: 10_000, memory: 4_096, storage: 100, gpu: 8, database: 3 }],
    [
      'half as much again',
      1_500,
      { cpu: 15_000, memory: 4_096, storage: 100, gpu: 8, database: 3 },
    ],
    ['less than there is', 900, { cpu: 9_000, memory: 4_096, storage: 100, gpu: 8, database: 3 }],
  ])('overcommit of %s applies to cpu only', (_name, overcommit, want) => {
    const reported = { cpu: 10_000, memory: 4_096, storage: 100, gpu: 8, database: 3 };
    expect(supplyOf(reported, overcommit)).toEqual(want);
  });

  test('never exceeds observed times overcommit, and misses it by less than one unit (law L1)', () => {
    fc.assert(
      fc.property(observed, permille, (reported, overcommit) => {
        const supply = supplyOf(reported, overcommit);
        for (const resource of overcommittable) {
          const exact = BigInt(reported[resource] ?? 0) * BigInt(overcommit);
          const thousandfold = BigInt(supply[resource] ?? 0) * 1_000n;
          expect(thousandfold <= exact && exact - thousandfold < 1_000n).toBe(true);
        }
      }),
    );
  });

  test('a resource that no worker reports is absent, not zero', () => {
    expect(supplyOf({ cpu: 1_000 }, 1_000)).toEqual({ cpu: 1_000 });
  });

  test('an overcommit that leaves the safe range stops instead of rounding', () => {
    expect(() => supplyOf({ cpu: 2 ** 52 }, 4_000)).toThrow('safe range');
  });
});

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
