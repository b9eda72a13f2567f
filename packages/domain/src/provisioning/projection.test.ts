import { describe, expect, test } from 'vitest';
import type { QuotaView } from './cluster.ts';
import { differences, inForce, overUse, quotaResources } from './projection.ts';

const aQuota = (overrides: Partial<QuotaView> = {}): QuotaView => ({
  hard: { cpu: 8_000 },
  statusHard: { cpu: 8_000 },
  used: {},
  generation: 1,
  suspended: false,
  even: true,
  ...overrides,
});

test('a quota can hold everything but databases', () => {
  expect(quotaResources).toEqual(['cpu', 'memory', 'storage', 'gpu', 'npu']);
});

describe('differences', () => {
  test.each([
    ['the same', { cpu: 1 }, { cpu: 1 }, []],
    ['absent and zero are the same', { cpu: 0 }, { gpu: 0 }, []],
    ['one resource', { cpu: 1, gpu: 2 }, { cpu: 1, gpu: 3 }, ['gpu']],
    ['a database, which no quota holds', { database: 1 }, {}, []],
  ])('%s', (_name, left, right, want) => {
    expect(differences(left, right)).toEqual(want);
    expect(differences(right, left)).toEqual(want);
  });
});

describe('inForce', () => {
  test.each([
    ['answered for exactly what is wanted', aQuota(), true],
    ['not answered yet', aQuota({ statusHard: null }), false],
    ['answered for an older amount', aQuota({ statusHard: { cpu: 4_000 } }), false],
    ['written otherwise meanwhile', aQuota({ hard: { cpu: 4_000 } }), false],
    ['uneven keys of one resource', aQuota({ even: false }), false],
    ['no quota', null, false],
  ])('%s', (_name, quota, want) => {
    expect(inForce(quota, { cpu: 8_000 })).toBe(want);
  });
});

describe('overUse', () => {
  test('use equal to the limit is allowed, one unit more is not (law L6)', () => {
    expect(overUse({ cpu: 8_000, gpu: 2 }, { cpu: 8_000, gpu: 1 })).toEqual(['gpu']);
  });

  test('a limit that is absent is zero', () => {
    expect(overUse({ npu: 1 }, {})).toEqual(['npu']);
  });
});
