import { describe, expect, test } from 'vitest';
import { formatNumber } from './number.ts';
import { parseQuantity } from './parse-quantity.ts';
import { formatIn } from './quantity.ts';
import type { ShownUnit } from './quantity.ts';
import { formatOvercommit, formatRatio } from './ratio.ts';
import {
  formatResource,
  formatResourceCell,
  formatResourceChange,
  resourceColumn,
  resourceUnit,
} from './resource.ts';
import type { ResourceKey } from './resource.ts';
import {
  formatClock,
  formatDate,
  formatInstant,
  formatInstantSeconds,
  formatShort,
  formatSpan,
} from './time.ts';

const gib = 1_024;
const tib = 1_048_576;

describe('numbers', () => {
  test.each([
    [0, {}, '0'],
    [1_024, {}, '1,024'],
    [-12, {}, '−12'],
    [12, { signed: true }, '+12'],
    [0, { signed: true }, '0'],
    [-0.001, { decimals: 2 }, '0'],
    [12.5, { decimals: 3 }, '12.5'],
    [12.5, { decimals: 2, fixed: true }, '12.50'],
  ] as const)('%d with %o is %s', (value, options, want) => {
    expect(formatNumber(value, options)).toBe(want);
  });
});

describe('resources', () => {
  test.each<[ResourceKey, number, string, string]>([
    ['cpu', 12_500, '12.5 核', '12.5 cores'],
    ['cpu', 64_000, '64 核', '64 cores'],
    ['cpu', 1, '0.001 核', '0.001 cores'],
    ['cpu', 1_024_000, '1,024 核', '1,024 cores'],
    ['memory', 64 * gib, '64 GiB', '64 GiB'],
    ['memory', 512, '512 MiB', '512 MiB'],
    ['memory', 0, '0 GiB', '0 GiB'],
    ['memory', tib, '1 TiB', '1 TiB'],
    ['storage', 1.5 * tib, '1.5 TiB', '1.5 TiB'],
    ['storage', 8.25 * tib, '8.25 TiB', '8.25 TiB'],
    ['gpu', 8, '8 卡', '8 cards'],
    ['npu', 0, '0 卡', '0 cards'],
    ['database', 3, '3 实例', '3 instances'],
  ])('%s %d is %s, in English %s', (resource, amount, chinese, english) => {
    expect(formatResource(resource, amount, 'zh-CN')).toBe(chinese);
    expect(formatResource(resource, amount, 'en')).toBe(english);
  });

  test('a size that two decimals of TiB would round stays exact in GiB', () => {
    expect(formatResource('memory', 1_712 * gib, 'zh-CN')).toBe('1,712 GiB');
  });

  test('a change carries its sign, and giving back uses the minus of print', () => {
    expect(formatResourceChange('cpu', 128_000, 'zh-CN')).toBe('+128 核');
    expect(formatResourceChange('cpu', -64_000, 'zh-CN')).toBe('−64 核');
  });

  test('a column writes all its amounts with the same number of decimals, and with as few as it can', () => {
    const amounts = [124_925_500, 84_784_000, 0, -32_000];
    const figure = resourceColumn('cpu', amounts);
    expect(amounts.map(figure)).toEqual(['124,925.5', '84,784.0', '0.0', '−32.0']);
    expect(resourceColumn('cpu', [84_784_000])(84_784_000)).toBe('84,784');
    expect(resourceColumn('memory', [])(1_024)).toBe('1');
  });

  test('a cell has no unit, its head has', () => {
    expect(formatResourceCell('memory', 1_024 * gib)).toBe('1,024');
    expect(resourceUnit('memory', 'zh-CN')).toBe('GiB');
  });
});

describe('parseQuantity', () => {
  test.each<[string, ShownUnit, number | undefined]>([
    ['64', 'core', 64_000],
    ['0.5', 'core', 500],
    ['.5', 'core', 500],
    ['500m', 'core', 500],
    ['1,024', 'core', 1_024_000],
    ['１２８', 'core', 128_000],
    ['12 核', 'core', 12_000],
    ['0.1', 'core', 100],
    ['0.0001', 'core', undefined],
    ['1 Ti', 'GiB', tib],
    ['1 TiB', 'GiB', tib],
    ['1.5 Ti', 'GiB', 1.5 * tib],
    ['512 Mi', 'GiB', 512],
    ['512', 'GiB', 512 * gib],
    ['2', 'TiB', 2 * tib],
    ['8', 'card', 8],
    ['8 卡', 'card', 8],
    ['1.5', 'card', undefined],
    ['-3', 'card', -3],
    ['-0.5', 'core', -500],
    ['−3', 'card', -3],
    ['', 'core', undefined],
    ['核', 'core', undefined],
    ['1,02', 'core', undefined],
    ['12abc', 'core', undefined],
    ['1e3', 'core', undefined],
    ['9007199254740993', 'card', undefined],
  ])('%s in a field of %s is %d', (text, unit, want) => {
    expect(parseQuantity(text, unit)).toBe(want);
  });

  test('decimal units are refused: GB is not GiB, and guessing would cost seven per cent', () => {
    expect(['64 GB', '1 TB', '512 MB'].map((text) => parseQuantity(text, 'GiB'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each<ShownUnit>(['core', 'GiB', 'TiB', 'card'])(
    'reads back what a field of %s echoes',
    (unit) => {
      const amounts = [0, 1, 7, 1_024, 999_999].map((n) => n * (unit === 'core' ? 250 : tib));
      for (const amount of amounts) {
        expect(parseQuantity(formatIn(amount, unit), unit)).toBe(amount);
      }
    },
  );
});

describe('ratios', () => {
  test.each([
    [784, 1_000, '78.4%'],
    [0, 10, '0.0%'],
    [1, 3, '33.3%'],
    [5, 0, '—'],
  ])('%d of %d is %s', (part, whole, want) => {
    expect(formatRatio(part, whole)).toBe(want);
  });

  test.each([
    [1_000, '1 : 1.0'],
    [2_000, '1 : 2.0'],
    [1_500, '1 : 1.5'],
    [1_250, '1 : 1.25'],
  ])('%d permille is %s', (permille, want) => {
    expect(formatOvercommit(permille)).toBe(want);
  });
});

describe('times are those of Beijing', () => {
  const at = Date.UTC(2026, 1, 28, 16, 0, 5);

  test('instant, seconds, day, short, clock', () => {
    expect([
      formatInstant(at),
      formatInstantSeconds(at),
      formatDate(at),
      formatShort(at),
      formatClock(at),
    ]).toEqual(['2026-03-01 00:00', '2026-03-01 00:00:05', '2026-03-01', '03-01 00:00', '00:00']);
  });

  test.each([
    [0, '0 秒', '0 s'],
    [12_000, '12 秒', '12 s'],
    [90_000, '1 分 30 秒', '1 min 30 s'],
    [5_400_000, '1 小时 30 分', '1 h 30 min'],
    [3_600_000, '1 小时', '1 h'],
    [86_400_000 * 4 + 7_200_000, '4 天 2 小时', '4 d 2 h'],
    [86_400_000 + 60_000, '1 天', '1 d'],
    [-5, '0 秒', '0 s'],
  ])('%d ms is %s, in English %s', (span, chinese, english) => {
    expect(formatSpan(span, 'zh-CN')).toBe(chinese);
    expect(formatSpan(span, 'en')).toBe(english);
  });
});
