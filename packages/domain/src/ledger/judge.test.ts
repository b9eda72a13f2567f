import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceKey, replay } from './algebra.ts';
import { parseAccount } from './accounts.ts';
import {
  allocateEntries,
  entitlementEntries,
  freeEntries,
  holdEntries,
  releaseEntries,
  type BookLine,
} from './book-entries.ts';
import { balancesOf, defaultFloor, judge, type Balance, type Balances } from './judge.ts';
import type { Entry } from './transfer.ts';

const aBalance = (account: string, balance: number, overrides: Partial<Balance> = {}): Balance => ({
  account,
  commodity: account.startsWith('quota') ? 'quota:cpu' : 'pool_a:cpu',
  balance,
  floor: 0,
  ...overrides,
});
const aLine = (amount: number, lineId = 'ln_1'): BookLine => ({
  lineId,
  poolId: 'pool_a',
  departmentId: 'dep_1',
  resource: 'cpu',
  amount,
});
const books = (pool: number, department: number): Balances =>
  balancesOf([aBalance('capacity/pool_a/free', pool), aBalance('quota/dep_1/free', department)]);
const hold = (amount: number, lineId?: string) => ({
  entries: holdEntries([aLine(amount, lineId)]),
});
const balanceOf = (balances: Balances, account: string, commodity = 'pool_a:cpu') =>
  balances.get(balanceKey(account, commodity))?.balance ?? 0;

function accepted(
  balances: Balances,
  transfers: readonly { readonly entries: readonly Entry[] }[],
) {
  const judgement = judge(balances, transfers);
  if (judgement.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(judgement)}`);
  return judgement.balances;
}

describe('judge', () => {
  test('accepts what both books have', () => {
    const after = accepted(books(100, 100), [hold(100)]);
    expect(balanceOf(after, 'capacity/pool_a/free')).toBe(0);
    expect(balanceOf(after, 'capacity/pool_a/held/ln_1')).toBe(100);
    expect(balanceOf(after, 'quota/dep_1/held/ln_1', 'quota:cpu')).toBe(100);
  });

  test('leaves the balances that it was given as they were', () => {
    const before = books(100, 100);
    judge(before, [hold(60)]);
    expect(before).toEqual(books(100, 100));
  });

  test('refuses the last unit too many and says what is missing (law L5)', () => {
    expect(judge(books(99, 100), [hold(100)])).toEqual({
      kind: 'refused',
      shortfalls: [
        {
          account: 'capacity/pool_a/free',
          commodity: 'pool_a:cpu',
          balance: 99,
          floor: 0,
          needed: 100,
          missing: 1,
        },
      ],
    });
  });

  test('names every account that is short, not the first', () => {
    const judgement = judge(books(10, 20), [hold(100)]);
    expect(judgement.kind === 'refused' && judgement.shortfalls.map((one) => one.missing)).toEqual([
      90, 80,
    ]);
  });

  test('an account that nobody has ever written holds nothing', () => {
    const judgement = judge(new Map(), [hold(1)]);
    expect(judgement.kind).toBe('refused');
  });

  test('two holds against the last unit: the second is refused (features trap a)', () => {
    const after = accepted(books(1, 2), [hold(1, 'ln_1')]);
    expect(judge(after, [hold(1, 'ln_2')]).kind).toBe('refused');
  });

  test('a hold cannot be released twice, whatever the cause says (law L4)', () => {
    const held = accepted(books(100, 100), [hold(40)]);
    const release = { entries: releaseEntries([aLine(40)]) };
    const released = accepted(held, [release]);
    expect(judge(released, [release]).kind).toBe('refused');
  });

  test('a hold cannot become an allocation twice (law L4)', () => {
    const held = accepted(books(100, 100), [hold(40)]);
    const allocate = {
      entries: allocateEntries([aLine(40)], { allocationId: 'alc_1', systemId: 'sys_1' }),
    };
    expect(judge(accepted(held, [allocate]), [allocate]).kind).toBe('refused');
  });

  test('an allocation gives back no more than it has (law L6)', () => {
    const free = (amount: number) => ({
      entries: freeEntries([{ resource: 'cpu', amount }], {
        poolId: 'pool_a',
        allocationId: 'alc_1',
        departmentId: 'dep_1',
        systemId: 'sys_1',
      }),
    });
    const start = balancesOf([
      aBalance('capacity/pool_a/allocated/alc_1', 40),
      aBalance('quota/dep_1/system/sys_1', 40),
    ]);
    expect(judge(start, [free(41)]).kind).toBe('refused');
    expect(balanceOf(accepted(start, [free(40)]), 'capacity/pool_a/free')).toBe(40);
  });

  test('transfers of one Change are netted: giving back and taking again needs no room for both', () => {
    const held = accepted(books(100, 100), [hold(100, 'ln_1')]);
    const exchange = [{ entries: releaseEntries([aLine(100, 'ln_1')]) }, hold(90, 'ln_2')];
    expect(balanceOf(accepted(held, exchange), 'capacity/pool_a/free')).toBe(10);
  });

  test('an account below its floor may rise and may not sink', () => {
    const below = balancesOf([
      aBalance('capacity/pool_a/free', -50),
      aBalance('capacity/pool_a/held/ln_1', 20),
      aBalance('quota/dep_1/free', 0),
      aBalance('quota/dep_1/held/ln_1', 20),
    ]);
    const risen = accepted(below, [{ entries: releaseEntries([aLine(20)]) }]);
    expect(balanceOf(risen, 'capacity/pool_a/free')).toBe(-30);
    expect(judge(below, [hold(1, 'ln_2')]).kind).toBe('refused');
  });

  test('a floor below zero is room, and the shortfall counts from it', () => {
    const generous = balancesOf([
      aBalance('capacity/pool_a/free', 1_000),
      aBalance('quota/dep_1/free', 0, { floor: -100 }),
    ]);
    expect(judge(generous, [hold(100)]).kind).toBe('accepted');
    const judgement = judge(generous, [hold(101)]);
    expect(judgement.kind === 'refused' && judgement.shortfalls).toMatchObject([
      { account: 'quota/dep_1/free', floor: -100, missing: 1 },
    ]);
  });

  test('what is not balanced is nobody’s lack of capacity', () => {
    const [first] = holdEntries([aLine(1)]);
    expect(judge(books(1, 1), [{ entries: first === undefined ? [] : [first] }])).toEqual({
      kind: 'unbalanced',
    });
  });

  test('one unbalanced transfer stops the whole Change', () => {
    const bad = { entries: [{ account: 'quota/dep_1/free', commodity: 'quota:cpu', amount: 1 }] };
    expect(judge(books(100, 100), [hold(1), bad])).toEqual({ kind: 'unbalanced' });
  });

  test('supply and what was issued have no floor, everything else has zero', () => {
    const paths = ['capacity/p/supply', 'quota/issued', 'capacity/p/free', 'quota/d/free'];
    expect(paths.map(defaultFloor)).toEqual([null, null, 0, 0]);
    expect(defaultFloor('something else')).toBe(0);
  });
});

/** A random life of two pools and two departments, as commands that any order of requests could give. */
interface Act {
  readonly kind: 'hold' | 'release' | 'allocate' | 'free';
  readonly line: BookLine;
}
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('hold', 'release', 'allocate', 'free'),
  line: fc.record({
    lineId: fc.constantFrom('ln_1', 'ln_2', 'ln_3'),
    poolId: fc.constantFrom('pool_a', 'pool_b'),
    departmentId: fc.constantFrom('dep_1', 'dep_2'),
    resource: fc.constantFrom('cpu', 'memory'),
    amount: fc.integer({ min: 1, max: 60 }),
  }),
});
const entriesOf = ({ kind, line }: Act): readonly Entry[] => {
  const owner = { allocationId: `alc_${line.lineId}`, systemId: 'sys_1' };
  if (kind === 'hold') return holdEntries([line]);
  if (kind === 'release') return releaseEntries([line]);
  if (kind === 'allocate') return allocateEntries([line], owner);
  return freeEntries([line], { ...owner, poolId: line.poolId, departmentId: line.departmentId });
};
const supply = (poolId: string, resource: 'cpu' | 'memory', amount: number): Entry[] => [
  { account: `capacity/${poolId}/supply`, commodity: `${poolId}:${resource}`, amount: -amount },
  { account: `capacity/${poolId}/free`, commodity: `${poolId}:${resource}`, amount },
];
const opening = [
  ...supply('pool_a', 'cpu', 100),
  ...supply('pool_b', 'cpu', 50),
  ...supply('pool_a', 'memory', 80),
  ...supply('pool_b', 'memory', 200),
  ...entitlementEntries('dep_1', 'cpu', 120),
  ...entitlementEntries('dep_2', 'cpu', 40),
  ...entitlementEntries('dep_1', 'memory', 90),
  ...entitlementEntries('dep_2', 'memory', 150),
];

function live(acts: readonly Act[]) {
  const posted: { entries: readonly Entry[] }[] = [{ entries: opening }];
  let balances = accepted(new Map(), posted);
  for (const one of acts) {
    const transfer = { entries: entriesOf(one) };
    const judgement = judge(balances, [transfer]);
    if (judgement.kind !== 'accepted') continue;
    posted.push(transfer);
    balances = judgement.balances;
  }
  return { posted, balances };
}

describe('any life of the books', () => {
  const acts = fc.array(act, { maxLength: 60 });

  test('no pool is ever oversold: held and allocated never exceed supply (law L1)', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const { balances } = live(drawn);
        for (const row of balances.values()) {
          const account = parseAccount(row.account);
          const isSource = account?.stage === 'supply' || account?.stage === 'issued';
          if (!isSource) expect(row.balance).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('every commodity sums to zero over all accounts, always (law L2)', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const sums = new Map<string, number>();
        for (const { commodity, balance } of live(drawn).balances.values())
          sums.set(commodity, (sums.get(commodity) ?? 0) + balance);
        expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
      }),
    );
  });

  test('a replay from zero gives the kept balances (law L2)', () => {
    fc.assert(
      fc.property(acts, (drawn) => {
        const { posted, balances } = live(drawn);
        const replayed = replay(posted);
        expect(replayed).toEqual(new Map([...balances].map(([key, row]) => [key, row.balance])));
      }),
    );
  });

  test('a refused transfer leaves no trace', () => {
    fc.assert(
      fc.property(acts, act, (drawn, last) => {
        const { balances } = live(drawn);
        const judgement = judge(balances, [{ entries: entriesOf(last) }]);
        if (judgement.kind === 'refused') expect(live([...drawn, last]).balances).toEqual(balances);
      }),
    );
  });

  test('what a refusal calls missing is exactly what would have made it pass', () => {
    fc.assert(
      fc.property(acts, act, (drawn, last) => {
        const { balances } = live(drawn);
        const transfer = { entries: entriesOf(last) };
        const judgement = judge(balances, [transfer]);
        if (judgement.kind !== 'refused') return;
        const topped = (short: number) =>
          new Map([
            ...balances,
            ...judgement.shortfalls.map((one): [string, Balance] => [
              balanceKey(one.account, one.commodity),
              { ...one, balance: one.balance + one.missing - short },
            ]),
          ]);
        expect(judge(topped(0), [transfer]).kind).toBe('accepted');
        expect(judge(topped(1), [transfer]).kind).toBe('refused');
      }),
    );
  });
});
