import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandOn, overHoldCap, visibleHolders, type Holder } from './refusal.ts';

const aHolder = (overrides: Partial<Holder> = {}): Holder => ({
  kind: 'held',
  tenantId: 'ten_other',
  label: '配申〔2026〕7 号',
  requestId: 'qr_7',
  amount: 8,
  expiresAt: 2_000,
  ...overrides,
});
const own = (tenantId: string) => tenantId === 'ten_own';
const everybody = () => true;
const nobody = () => false;

describe('demandOn', () => {
  const lines = [
    { poolId: 'pool_a', resource: 'cpu', hold: 8_000 },
    { poolId: 'pool_a', resource: 'memory', hold: 1_024 },
    { poolId: 'pool_b', resource: 'cpu', hold: 4_000 },
    { poolId: 'pool_a', resource: 'cpu', hold: 1_000 },
    { poolId: 'pool_a', resource: 'gpu', hold: 0 },
    { poolId: null, resource: 'cpu', hold: 0 },
  ] as const;

  test('is everything that the request wants of that pool, not only what is short', () => {
    expect(demandOn('pool_a', lines)).toEqual({ cpu: 9_000, memory: 1_024 });
  });

  test('of a pool that no line is in is nothing', () => {
    expect(demandOn('pool_c', lines)).toEqual({});
  });
});

describe('visibleHolders (law L5)', () => {
  test('a department sees its own by name and the others as class, count and earliest expiry', () => {
    const holders = [
      aHolder({ tenantId: 'ten_own', label: '配申〔2026〕1 号', requestId: 'qr_1', amount: 4 }),
      aHolder({ amount: 8, expiresAt: 3_000 }),
      aHolder({ amount: 16, expiresAt: 2_500 }),
      aHolder({ kind: 'allocated', amount: 32, expiresAt: null }),
    ];
    expect(visibleHolders(holders, own)).toEqual([
      {
        kind: 'held',
        label: '配申〔2026〕1 号',
        requestId: 'qr_1',
        count: 1,
        amount: 4,
        earliestExpiry: 2_000,
      },
      { kind: 'held', label: null, requestId: null, count: 2, amount: 24, earliestExpiry: 2_500 },
      {
        kind: 'allocated',
        label: null,
        requestId: null,
        count: 1,
        amount: 32,
        earliestExpiry: null,
      },
    ]);
  });

  test('names the largest, and sums up the many small ones even for those who may read all', () => {
    const holders = Array.from({ length: 9 }, (_, index) => aHolder({ amount: index + 1 }));
    const views = visibleHolders(holders, everybody);
    expect(views.map((view) => [view.count, view.amount])).toEqual([
      [1, 9],
      [1, 8],
      [1, 7],
      [1, 6],
      [1, 5],
      [4, 10],
    ]);
  });

  test('nobody holds anything: nothing is said', () => {
    expect(visibleHolders([], everybody)).toEqual([]);
  });

  const holder: fc.Arbitrary<Holder> = fc
    .record({
      kind: fc.constantFrom('held', 'allocated'),
      tenantId: fc.constantFrom('ten_own', 'ten_a', 'ten_b'),
      amount: fc.integer({ min: 1, max: 1_000 }),
      expiresAt: fc.option(fc.nat(10_000)),
    })
    .map((drawn) => aHolder({ ...drawn, label: `label ${drawn.tenantId}` }));

  test('accounts for every holder and the whole amount, whoever reads', () => {
    fc.assert(
      fc.property(
        fc.array(holder, { maxLength: 20 }),
        fc.constantFrom(own, everybody, nobody),
        (holders, mayRead) => {
          const views = visibleHolders(holders, mayRead);
          const sum = (amounts: readonly number[]) =>
            amounts.reduce((left, right) => left + right, 0);
          expect(sum(views.map((view) => view.count))).toBe(holders.length);
          expect(sum(views.map((view) => view.amount))).toBe(sum(holders.map((one) => one.amount)));
        },
      ),
    );
  });

  test('says no name, number or tenant of a holder that the reader may not read', () => {
    fc.assert(
      fc.property(fc.array(holder, { maxLength: 20 }), (holders) => {
        const text = JSON.stringify(visibleHolders(holders, own));
        for (const secret of ['ten_a', 'ten_b']) expect(text).not.toContain(secret);
        expect(JSON.stringify(visibleHolders(holders, nobody))).not.toContain('label ');
      }),
    );
  });
});

describe('overHoldCap', () => {
  const holds = (held: number, asked: number, permille = 500) =>
    overHoldCap({ entitled: 1_001, held, asked, permille });

  test.each([
    ['exactly the share, cut down', 0, 500, null],
    ['one unit more', 0, 501, { cap: 500, missing: 1 }],
    ['together with what is held already', 400, 101, { cap: 500, missing: 1 }],
    ['nothing asked, although the cap was lowered meanwhile', 900, 0, null],
  ])('%s', (_name, held, asked, want) => {
    expect(holds(held, asked)).toEqual(want);
  });

  test('a department without entitlement may hold nothing', () => {
    expect(overHoldCap({ entitled: 0, held: 0, asked: 1, permille: 1_000 })).toEqual({
      cap: 0,
      missing: 1,
    });
  });

  test('asking for exactly the missing less passes, and one more does not', () => {
    const amount = fc.nat(1_000_000);
    fc.assert(
      fc.property(amount, amount, amount, fc.nat(1_000), (entitled, held, asked, permille) => {
        const over = overHoldCap({ entitled, held, asked, permille });
        if (over === null || over.missing > asked) return;
        const less = asked - over.missing;
        expect(overHoldCap({ entitled, held, asked: less, permille })).toBeNull();
        expect(overHoldCap({ entitled, held, asked: less + 1, permille })).not.toBeNull();
      }),
    );
  });

  test('is exact where a product would leave the safe range', () => {
    const entitled = Number.MAX_SAFE_INTEGER;
    expect(overHoldCap({ entitled, held: 0, asked: entitled, permille: 1_000 })).toBeNull();
  });
});
