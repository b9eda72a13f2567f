import { describe, expect, test } from 'vitest';
import { checkItemBody, isOfferedIn, type ItemBody } from './item.ts';

const anItem = (overrides: Partial<ItemBody> = {}): ItemBody => ({
  code: 'compute-x86',
  family: 'iaas',
  nameZh: '计算（x86）',
  nameEn: 'Compute (x86-64)',
  resource: 'cpu',
  unit: 'm',
  arch: 'x86-64',
  poolClass: null,
  min: 1_000,
  step: 1_000,
  max: 4_096_000,
  kubernetesKeys: ['requests.cpu', 'limits.cpu'],
  ...overrides,
});

describe('isOfferedIn', () => {
  test.each([
    ['its architecture, any class', {}, 'x86-64', 'gpu', true],
    ['another architecture', {}, 'arm64', 'general', false],
    ['its class', { poolClass: 'gpu' }, 'x86-64', 'gpu', true],
    ['another class', { poolClass: 'gpu' }, 'x86-64', 'general', false],
    ['any place at all', { arch: null }, 'arm64', 'npu', true],
  ] as const)('%s', (_name, overrides, arch, poolClass, want) => {
    expect(isOfferedIn(anItem(overrides), arch, poolClass)).toBe(want);
  });
});

describe('checkItemBody', () => {
  test('lets a complete item be published', () => {
    expect(checkItemBody(anItem())).toEqual([]);
  });

  test.each([
    ['a unit that is not the resource’s', { unit: 'MiB' }, ['unit']],
    ['a step of zero', { step: 0 }, ['step', 'min']],
    ['a fractional step', { step: 0.5 }, ['step']],
    ['a minimum off the step', { min: 1_500 }, ['min']],
    ['a negative minimum', { min: -1_000 }, ['min']],
    ['a maximum below the minimum', { max: 500 }, ['max']],
    ['a maximum beyond the safe range', { max: 2 ** 53 }, ['max']],
  ] as const)('refuses %s', (_name, overrides, want) => {
    expect(checkItemBody(anItem(overrides))).toEqual(want);
  });
});
