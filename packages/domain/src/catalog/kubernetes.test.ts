import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromQuota, quotaKeys, sameHard, sumAllocatable, toQuotaHard } from './kubernetes.ts';
import { resourceNames, type ResourceAmounts } from './resources.ts';

const amounts: fc.Arbitrary<ResourceAmounts> = fc.record(
  {
    cpu: fc.nat(10 ** 9),
    memory: fc.nat(10 ** 9),
    storage: fc.nat(10 ** 9),
    gpu: fc.nat(512),
    npu: fc.nat(512),
  },
  { requiredKeys: [] },
);

describe('toQuotaHard', () => {
  test('writes every key, with 0 where nothing was granted: Kubernetes does not limit what is not named', () => {
    expect(toQuotaHard({ cpu: 64_000, memory: 65_536 })).toEqual({
      'requests.cpu': '64',
      'limits.cpu': '64',
      'requests.memory': '64Gi',
      'limits.memory': '64Gi',
      'requests.storage': '0',
      'requests.nvidia.com/gpu': '0',
      'requests.huawei.com/Ascend910': '0',
    });
  });

  test('requests and limits of a resource carry the same amount (features trap m)', () => {
    fc.assert(
      fc.property(amounts, (drawn) => {
        const hard = toQuotaHard(drawn);
        expect(hard['limits.cpu']).toBe(hard['requests.cpu']);
        expect(hard['limits.memory']).toBe(hard['requests.memory']);
      }),
    );
  });

  test('a database leaves no trace in a quota: the ledger alone counts it', () => {
    expect(toQuotaHard({ database: 3 })).toEqual(toQuotaHard({}));
  });

  test('no key belongs to two resources', () => {
    const keys: string[] = resourceNames.flatMap((resource) => [...quotaKeys[resource]]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('fromQuota', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(amounts, (drawn) => {
        const read = fromQuota(toQuotaHard(drawn));
        const want = Object.fromEntries(
          resourceNames
            .filter((resource) => resource !== 'database')
            .map((resource) => [resource, drawn[resource] ?? 0]),
        );
        expect(read).toEqual({ ok: true, value: { amounts: want, rounded: {} } });
      }),
    );
  });

  test('takes the larger where somebody wrote two amounts for one resource', () => {
    for (const [requests, limits] of [
      ['2', '8'],
      ['8', '2'],
    ] as const) {
      const read = fromQuota({ 'requests.cpu': requests, 'limits.cpu': limits });
      expect(read.ok && read.value.amounts).toEqual({ cpu: 8_000 });
    }
  });

  test('rounds use up and keeps the text beside it', () => {
    const read = fromQuota({ 'requests.memory': '100M' });
    expect(read).toEqual({
      ok: true,
      value: { amounts: { memory: 96 }, rounded: { 'requests.memory': '100M' } },
    });
  });

  test('passes by what is not ours: pods, services, other cards', () => {
    const read = fromQuota({ pods: '0', 'count/secrets': '7', 'requests.amd.com/gpu': '2' });
    expect(read).toEqual({ ok: true, value: { amounts: {}, rounded: {} } });
  });

  test('says that it cannot read instead of taking nothing for zero', () => {
    expect(fromQuota({ 'requests.cpu': 'plenty' })).toEqual({ ok: false, error: 'input.invalid' });
  });
});

describe('sameHard', () => {
  test.each([
    ['another spelling', { 'requests.cpu': '64' }, { 'requests.cpu': '64000m' }, true],
    ['binary and plain', { 'requests.memory': '1Gi' }, { 'requests.memory': '1073741824' }, true],
    ['another amount', { 'requests.cpu': '64' }, { 'requests.cpu': '65' }, false],
    ['a key too few', { 'requests.cpu': '64' }, {}, false],
    ['a key too many', {}, { pods: '0' }, false],
    ['the same foreign key', { pods: '0' }, { pods: '0' }, true],
    ['not whole MiB', { 'requests.memory': '100M' }, { 'requests.memory': '96Mi' }, false],
    ['unreadable', { 'requests.cpu': '64' }, { 'requests.cpu': 'x' }, false],
    ['nothing', {}, {}, true],
  ])('%s', (_name, left, right, want) => {
    expect(sameHard(left, right)).toBe(want);
    expect(sameHard(right, left)).toBe(want);
  });
});

describe('sumAllocatable', () => {
  test('adds workers and rounds each down, so that supply never exceeds the hardware (law L1)', () => {
    const worker = { cpu: '63999500u', memory: '131071Ki', 'nvidia.com/gpu': '8' };
    expect(sumAllocatable([worker, worker])).toEqual({
      ok: true,
      value: { cpu: 127_998, memory: 254, gpu: 16 },
    });
  });

  test('a worker without cards adds none, a pool without workers has nothing', () => {
    const mixed = sumAllocatable([{ cpu: '4' }, { cpu: '4', 'huawei.com/Ascend910': '8' }]);
    expect(mixed).toEqual({ ok: true, value: { cpu: 8_000, npu: 8 } });
    expect(sumAllocatable([])).toEqual({ ok: true, value: {} });
  });

  test('one unreadable worker is an error and not a smaller pool', () => {
    expect(sumAllocatable([{ cpu: '4' }, { cpu: '' }])).toEqual({
      ok: false,
      error: 'input.invalid',
    });
  });
});
