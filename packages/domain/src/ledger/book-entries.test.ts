import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceNames } from '../catalog/resources.ts';
import { balanced, balanceKey, merged, replay, reversed } from './algebra.ts';
import { parseAccount } from './accounts.ts';
import {
  allocateEntries,
  entitlementEntries,
  freeEntries,
  holdEntries,
  moveEntries,
  releaseEntries,
  type BookLine,
} from './book-entries.ts';
import type { Entry } from './transfer.ts';

const aLine = (overrides: Partial<BookLine> = {}): BookLine => ({
  lineId: 'ln_1',
  poolId: 'pool_a',
  departmentId: 'dep_1',
  resource: 'cpu',
  amount: 8_000,
  ...overrides,
});
const owner = { allocationId: 'alc_1', systemId: 'sys_1' };
const place = { poolId: 'pool_a', allocationId: 'alc_1', departmentId: 'dep_1', systemId: 'sys_1' };

const lines: fc.Arbitrary<BookLine[]> = fc
  .array(
    fc.record({
      poolId: fc.constantFrom('pool_a', 'pool_b'),
      departmentId: fc.constantFrom('dep_1', 'dep_2'),
      resource: fc.constantFrom(...resourceNames),
      amount: fc.integer({ min: 1, max: 1_000_000_000 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => drawn.map((line, index) => ({ ...line, lineId: `ln_${index}` })));

const nothing = (...groups: readonly (readonly Entry[])[]) => merged(groups.flat());

describe('entries of a request', () => {
  test('submission moves free to held in both books', () => {
    expect(holdEntries([aLine()])).toEqual([
      { account: 'capacity/pool_a/free', commodity: 'pool_a:cpu', amount: -8_000 },
      { account: 'capacity/pool_a/held/ln_1', commodity: 'pool_a:cpu', amount: 8_000 },
      { account: 'quota/dep_1/free', commodity: 'quota:cpu', amount: -8_000 },
      { account: 'quota/dep_1/held/ln_1', commodity: 'quota:cpu', amount: 8_000 },
    ]);
  });

  test('activation moves held to allocated, and the department to the system', () => {
    expect(allocateEntries([aLine()], owner)).toEqual([
      { account: 'capacity/pool_a/held/ln_1', commodity: 'pool_a:cpu', amount: -8_000 },
      { account: 'capacity/pool_a/allocated/alc_1', commodity: 'pool_a:cpu', amount: 8_000 },
      { account: 'quota/dep_1/held/ln_1', commodity: 'quota:cpu', amount: -8_000 },
      { account: 'quota/dep_1/system/sys_1', commodity: 'quota:cpu', amount: 8_000 },
    ]);
  });

  test('a confirmed removal moves allocated to free, and the system to the department', () => {
    expect(freeEntries([{ resource: 'gpu', amount: 2 }], place)).toEqual([
      { account: 'capacity/pool_a/allocated/alc_1', commodity: 'pool_a:gpu', amount: -2 },
      { account: 'capacity/pool_a/free', commodity: 'pool_a:gpu', amount: 2 },
      { account: 'quota/dep_1/system/sys_1', commodity: 'quota:gpu', amount: -2 },
      { account: 'quota/dep_1/free', commodity: 'quota:gpu', amount: 2 },
    ]);
  });

  test('moving a line leaves the quota book alone', () => {
    const books = moveEntries(aLine(), 'pool_b').map((entry) => parseAccount(entry.account)?.book);
    expect(new Set(books)).toEqual(new Set(['capacity']));
  });

  test('moving a line to where it is makes no entries', () => {
    expect(moveEntries(aLine(), 'pool_a')).toEqual([]);
  });

  test('a line that holds nothing makes no entries', () => {
    expect(holdEntries([aLine({ amount: 0 })])).toEqual([]);
  });

  test('an entitlement comes from what the authority issued', () => {
    expect(entitlementEntries('dep_1', 'memory', 1_024)).toEqual([
      { account: 'quota/issued', commodity: 'quota:memory', amount: -1_024 },
      { account: 'quota/dep_1/free', commodity: 'quota:memory', amount: 1_024 },
    ]);
  });
});

describe('the algebra of holds', () => {
  test('every builder is balanced for each commodity (law L2)', () => {
    fc.assert(
      fc.property(lines, (drawn) => {
        expect(balanced(holdEntries(drawn))).toBe(true);
        expect(balanced(releaseEntries(drawn))).toBe(true);
        expect(balanced(allocateEntries(drawn, owner))).toBe(true);
        for (const line of drawn) expect(balanced(moveEntries(line, 'pool_c'))).toBe(true);
        expect(balanced(freeEntries(drawn, place))).toBe(true);
      }),
    );
  });

  test('a release undoes its hold exactly', () => {
    fc.assert(
      fc.property(lines, (drawn) => {
        expect(nothing(holdEntries(drawn), releaseEntries(drawn))).toEqual([]);
      }),
    );
  });

  test('moving there and back is nothing', () => {
    fc.assert(
      fc.property(lines, (drawn) => {
        for (const line of drawn) {
          const there = moveEntries(line, 'pool_c');
          const back = moveEntries({ ...line, poolId: 'pool_c' }, line.poolId);
          expect(nothing(there, back)).toEqual([]);
        }
      }),
    );
  });

  test('hold, activation and removal of the same amounts leave the books as they were', () => {
    fc.assert(
      fc.property(lines, (drawn) => {
        const removals = drawn.map((line) =>
          freeEntries([line], { ...owner, poolId: line.poolId, departmentId: line.departmentId }),
        );
        expect(nothing(holdEntries(drawn), allocateEntries(drawn, owner), ...removals)).toEqual([]);
      }),
    );
  });

  test('moving after the hold is holding there in the first place', () => {
    fc.assert(
      fc.property(lines, (drawn) => {
        for (const line of drawn) {
          const moved = nothing(holdEntries([line]), moveEntries(line, 'pool_c'));
          const direct = holdEntries([{ ...line, poolId: 'pool_c' }]);
          expect(nothing(moved, reversed(direct))).toEqual([]);
        }
      }),
    );
  });
});

describe('balanced', () => {
  const entry = (amount: number, commodity = 'quota:cpu', account = 'quota/dep_1/free'): Entry => ({
    account,
    commodity,
    amount,
  });

  test.each([
    ['nothing', []],
    ['one entry', [entry(0)]],
    ['a sum that is not zero', [entry(-5), entry(4)]],
    ['a sum that is zero only over two commodities', [entry(-5), entry(5, 'quota:memory')]],
    ['fractions', [entry(-0.5), entry(0.5)]],
    ['empty entries', [entry(0), entry(0)]],
    ['beyond the safe range', [entry(-(2 ** 53)), entry(2 ** 53)]],
    ['what is not a number', [entry(NaN), entry(NaN)]],
  ])('refuses %s', (_name, entries) => {
    expect(balanced(entries)).toBe(false);
  });

  test('accepts three entries of one commodity that sum to zero', () => {
    expect(balanced([entry(-5), entry(3), entry(2)])).toBe(true);
  });

  test('one unit more anywhere breaks it', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (drawn, at) => {
        const entries = holdEntries(drawn);
        const bent = entries.map((one, index) =>
          index === at % entries.length ? { ...one, amount: one.amount + 1 } : one,
        );
        expect(balanced(bent)).toBe(false);
      }),
    );
  });
});

const byText = (left: string, right: string) => (left < right ? -1 : 1);

describe('merged', () => {
  const entries = fc.array(
    fc.record({
      account: fc.constantFrom('capacity/pool_a/free', 'capacity/pool_b/free', 'quota/dep_1/free'),
      commodity: fc.constantFrom('pool_a:cpu', 'quota:cpu'),
      amount: fc.integer({ min: -1_000, max: 1_000 }),
    }),
    { maxLength: 12 },
  );

  test('has each account and commodity once and no empty entry', () => {
    fc.assert(
      fc.property(entries, (drawn) => {
        const result = merged(drawn);
        const keys = result.map((entry) => balanceKey(entry.account, entry.commodity));
        expect(new Set(keys).size).toBe(keys.length);
        expect(result.filter((entry) => entry.amount === 0)).toEqual([]);
      }),
    );
  });

  test('changes no balance', () => {
    const withoutZeros = (sums: ReadonlyMap<string, number>) =>
      [...sums]
        .filter(([, amount]) => amount !== 0)
        .map((one) => one.join(' '))
        .toSorted(byText);
    fc.assert(
      fc.property(entries, (drawn) => {
        expect(withoutZeros(replay([{ entries: merged(drawn) }]))).toEqual(
          withoutZeros(replay([{ entries: drawn }])),
        );
      }),
    );
  });

  test('merging twice is merging once', () => {
    fc.assert(
      fc.property(entries, (drawn) => {
        expect(merged(merged(drawn))).toEqual(merged(drawn));
      }),
    );
  });
});
