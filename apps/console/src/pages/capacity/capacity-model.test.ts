import { describe, expect, test } from 'vitest';
import type { CapacityOverview, PoolCapacity } from '../../api/types.ts';
import {
  columns,
  formatCell,
  gradeOf,
  occupancyOf,
  parseCell,
  rowsOf,
  sumOf,
} from './capacity-model.ts';

function aPool(over: {
  node?: string;
  tier?: PoolCapacity['cloudNode']['tier'];
  arch?: 'x86-64' | 'arm64';
  poolClass?: 'general' | 'gpu' | 'npu';
  observedAt?: number | null;
  supply?: number;
}): PoolCapacity {
  const code = over.node ?? '4401';
  const supply = over.supply ?? 8_000;
  return {
    pool: {
      id: `pool_${code}_${over.arch ?? 'x86-64'}_${over.poolClass ?? 'general'}`,
      code: 'general-x86',
      arch: over.arch ?? 'x86-64',
      poolClass: over.poolClass ?? 'general',
      overcommitPermille: 2_000,
    },
    cluster: 'shi',
    cloudNode: { id: `cn_${code}`, code, name: code, tier: over.tier ?? 'city' },
    cells: [
      { resource: 'cpu', supply, allocated: supply / 2, held: supply / 4, free: supply / 4 },
      {
        resource: 'gpu',
        supply: over.poolClass === 'gpu' ? 8 : 0,
        allocated: 0,
        held: 0,
        free: over.poolClass === 'gpu' ? 8 : 0,
      },
    ],
    observedAt: over.observedAt === undefined ? 1_000 : over.observedAt,
  };
}

const overview = (pools: PoolCapacity[]): CapacityOverview => ({
  at: 2_000,
  pools,
  holds: { count: 0, expiringSoon: 0 },
});

describe('capacity model', () => {
  test('adds only the pools of a column, and takes the physical amount back from the overcommit', () => {
    const pools = [aPool({}), aPool({ arch: 'arm64' }), aPool({ poolClass: 'gpu' })];
    expect(sumOf(pools, columns[0])).toEqual({
      supply: 8_000,
      allocated: 4_000,
      held: 2_000,
      free: 2_000,
      physical: 4_000,
    });
    expect(sumOf(pools, columns[2])).toEqual({
      supply: 8,
      allocated: 0,
      held: 0,
      free: 8,
      physical: 4,
    });
  });

  test('orders nodes by tier, and within one as the server lists them', () => {
    const rows = rowsOf(
      overview([
        aPool({ node: '4403' }),
        aPool({ node: '4400P', tier: 'provincial' }),
        aPool({ node: '4401' }),
      ]),
    );
    expect(rows.map((row) => row.node.code)).toEqual(['4400P', '4403', '4401']);
  });

  test.each([
    { name: 'all read', times: [2_000, 1_000], want: 1_000 },
    { name: 'one never read', times: [2_000, null], want: null },
  ])('a node is as old as its oldest pool: $name', ({ times, want }) => {
    const rows = rowsOf(
      overview(
        times.map((observedAt, index) =>
          aPool({ observedAt, arch: index === 0 ? 'x86-64' : 'arm64' }),
        ),
      ),
    );
    expect(rows[0]?.observedAt).toBe(want);
  });

  test.each([
    [0, 0],
    [0.3999, 0],
    [0.4, 1],
    [0.55, 2],
    [0.7, 3],
    [0.8, 4],
    [0.8999, 4],
    [0.9, 5],
    [1.2, 5],
  ])('occupancy %d is grade %d', (occupancy, grade) => {
    expect(gradeOf(occupancy)).toBe(grade);
  });

  test('nothing of a kind is no occupancy, not a division by zero', () => {
    expect(occupancyOf({ supply: 0, allocated: 0, held: 0, free: 0, physical: 0 })).toBe(0);
  });

  test.each([
    ['4401.x86', { node: '4401', column: 'x86' }],
    ['a.b.npu', { node: 'a.b', column: 'npu' }],
    ['4401', undefined],
    ['.x86', undefined],
    ['4401.tpu', undefined],
    [undefined, undefined],
  ])('reads the cell %s of an address', (text, want) => {
    expect(parseCell(text)).toEqual(want);
    if (want !== undefined)
      expect(formatCell(parseCell(text) ?? { node: '', column: 'x86' })).toBe(text);
  });
});
