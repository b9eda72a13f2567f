import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alternativePools, choosePool, fitsInto } from './pool-choice.ts';

type Amounts = Readonly<Partial<Record<string, number>>>;

const aPool = <F extends Amounts>(code: string, free: F) => ({
  id: `pool_${code}`,
  code,
  free,
});
const codeOf = (...given: Parameters<typeof choosePool>) => choosePool(...given)?.code;

describe('choosePool', () => {
  test.each([
    ['the one with most free', [aPool('a', { cpu: 10 }), aPool('b', { cpu: 20 })], { cpu: 5 }, 'b'],
    ['the only one that fits', [aPool('a', { cpu: 4 }), aPool('b', { cpu: 5 })], { cpu: 5 }, 'b'],
    [
      'the one whose tightest resource has most room',
      [aPool('a', { cpu: 1_000, memory: 11 }), aPool('b', { cpu: 20, memory: 20 })],
      { cpu: 10, memory: 10 },
      'b',
    ],
    [
      'not the one that is largest in what nobody asked for',
      [aPool('a', { cpu: 10, storage: 10 ** 9 }), aPool('b', { cpu: 11 })],
      { cpu: 5 },
      'b',
    ],
    [
      'by code when they are equal',
      [aPool('b', { cpu: 9 }), aPool('a', { cpu: 9 })],
      { cpu: 1 },
      'a',
    ],
    [
      'the nearest when none fits',
      [aPool('a', { cpu: 1 }), aPool('b', { cpu: 3 })],
      { cpu: 5 },
      'b',
    ],
    ['one that lacks a resource last', [aPool('a', {}), aPool('b', { gpu: 1 })], { gpu: 1 }, 'b'],
    ['any, by code, when nothing is asked', [aPool('b', {}), aPool('a', {})], {}, 'a'],
  ] as const)('takes %s', (_name, pools, demand, want) => {
    expect(codeOf(pools, demand)).toBe(want);
  });

  test('cards and cores weigh the same: neither is lost in the other’s unit', () => {
    const cards = aPool('a', { gpu: 8, cpu: 100_000 });
    const cores = aPool('b', { gpu: 3, cpu: 900_000 });
    expect(codeOf([cards, cores], { gpu: 2, cpu: 50_000 })).toBe('a');
  });

  test('the code that people see breaks a tie, not the identifier that they do not', () => {
    const first = { ...aPool('a', { cpu: 9 }), id: 'pool_zz' };
    const second = { ...aPool('b', { cpu: 9 }), id: 'pool_aa' };
    expect(codeOf([second, first], { cpu: 1 })).toBe('a');
  });

  test('is undefined only without candidates', () => {
    expect(choosePool([], { cpu: 1 })).toBeUndefined();
  });
});

const free = fc.record({ cpu: fc.nat(1_000), memory: fc.nat(1_000), gpu: fc.nat(8) });
const pools = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), free), {
    selector: ([code]) => code,
    minLength: 1,
    maxLength: 8,
  })
  .map((drawn) => drawn.map(([code, amounts]) => aPool(code, amounts)));
const demand: fc.Arbitrary<Amounts> = fc.record(
  { cpu: fc.nat(1_200), memory: fc.nat(1_200), gpu: fc.nat(9) },
  { requiredKeys: [] },
);

describe('any choice', () => {
  test('fits whenever any candidate fits', () => {
    fc.assert(
      fc.property(pools, demand, (candidates, asked) => {
        const chosen = choosePool(candidates, asked);
        const some = candidates.some((pool) => fitsInto(pool, asked));
        expect(chosen !== undefined && fitsInto(chosen, asked)).toBe(some);
      }),
    );
  });

  test('does not depend on the order in which the pools were read', () => {
    fc.assert(
      fc.property(pools, demand, (candidates, asked) => {
        expect(choosePool(candidates.toReversed(), asked)).toEqual(choosePool(candidates, asked));
      }),
    );
  });

  test('is not changed by more free in the chosen pool', () => {
    fc.assert(
      fc.property(pools, demand, (candidates, asked) => {
        const chosen = choosePool(candidates, asked);
        const grown = candidates.map((pool) =>
          pool.id === chosen?.id
            ? {
                ...pool,
                free: {
                  cpu: pool.free.cpu + 1,
                  memory: pool.free.memory + 1,
                  gpu: pool.free.gpu + 1,
                },
              }
            : pool,
        );
        expect(choosePool(grown, asked)?.id).toBe(chosen?.id);
      }),
    );
  });
});

describe('fitsInto', () => {
  test('a balance below zero takes nothing, and does not refuse who asks for nothing', () => {
    const pool = { free: { cpu: -5 } };
    expect(fitsInto(pool, { cpu: 1 })).toBe(false);
    expect(fitsInto(pool, { cpu: 0 })).toBe(true);
    expect(fitsInto(pool, {})).toBe(true);
  });

  test('takes the whole or nothing: one resource too few is too few', () => {
    expect(fitsInto({ free: { cpu: 10, memory: 10 } }, { cpu: 10, memory: 11 })).toBe(false);
  });
});

describe('alternativePools', () => {
  const of = (
    code: string,
    arch: 'x86-64' | 'arm64',
    poolClass: 'general' | 'gpu',
    cpu: number,
  ) => ({
    ...aPool(code, { cpu }),
    arch,
    poolClass,
  });
  const province = [
    of('sheng', 'x86-64', 'general', 5),
    of('gz', 'x86-64', 'general', 50),
    of('sz', 'x86-64', 'general', 80),
    of('zh', 'x86-64', 'general', 9),
    of('fs', 'arm64', 'general', 500),
    of('dg', 'x86-64', 'gpu', 500),
  ];
  const wish = { arch: 'x86-64', poolClass: 'general', exceptPoolId: 'pool_sheng' } as const;

  test('offers what would pass, of the same architecture and class, best first (law L5)', () => {
    const found = alternativePools(province, wish, { cpu: 10 }).map((pool) => pool.code);
    expect(found).toEqual(['sz', 'gz']);
  });

  test('never offers the pool that was refused', () => {
    const found = alternativePools(province, { ...wish, exceptPoolId: 'pool_sz' }, { cpu: 10 });
    expect(found.map((pool) => pool.code)).toEqual(['gz']);
  });

  test('offers nothing rather than something that would be refused again', () => {
    expect(alternativePools(province, wish, { cpu: 81 })).toEqual([]);
  });
});
