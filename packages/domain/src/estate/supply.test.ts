import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overcommittable, supplyOf } from './supply.ts';

const observed = fc.record(
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
        const exact = BigInt(reported.cpu ?? 0) * BigInt(overcommit);
        const thousandfold = BigInt(supply.cpu ?? 0) * 1_000n;
        expect(thousandfold <= exact && exact - thousandfold < 1_000n).toBe(true);
      }),
    );
  });

  test('a resource that no worker reports is absent, not zero', () => {
    expect(supplyOf({ cpu: 1_000 }, 1_000)).toEqual({ cpu: 1_000 });
  });

  test('whatever cannot be overcommitted is supplied exactly as it is observed', () => {
    fc.assert(
      fc.property(observed, permille, (reported, overcommit) => {
        const rest = (amounts: object) =>
          Object.entries(amounts).filter(([resource]) => !overcommittable.has(resource));
        expect(rest(supplyOf(reported, overcommit))).toEqual(rest(reported));
      }),
    );
  });

  test('an overcommit that leaves the safe range stops instead of rounding', () => {
    expect(() => supplyOf({ cpu: 2 ** 52 }, 4_000)).toThrow('safe range');
  });
});
