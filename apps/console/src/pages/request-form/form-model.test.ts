import { describe, expect, test } from 'vitest';
import type { AllocationRow, CatalogItem } from '../../api/types.ts';
import {
  checkForm,
  completeLines,
  emptyForm,
  fromContent,
  poolsFor,
  readPoolKey,
  toContent,
} from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';

const anItem = (over: Partial<CatalogItem>): CatalogItem => ({
  itemVersionId: 'cat_cpu',
  code: 'cpu-x86',
  nameZh: '计算（x86）',
  nameEn: 'Compute (x86)',
  resource: 'cpu',
  unit: 'm',
  arch: 'x86-64',
  poolClass: null,
  min: 1_000,
  step: 500,
  ...over,
});
const memory = anItem({
  itemVersionId: 'cat_memory',
  resource: 'memory',
  unit: 'MiB',
  arch: null,
  min: 1_024,
  step: 1_024,
});
const anAllocation: AllocationRow = {
  id: 'alc_1',
  environment: 'test',
  pool: { id: 'pool_1', code: 'sz-x86', arch: 'x86-64', poolClass: 'general' },
  cloudNode: { id: 'cn_1', name: '深圳' },
  cluster: 'shi',
  namespace: 'yh-rsj-jyfw-test',
  namespaceUid: 'uid',
  state: 'active',
  allocated: { cpu: 64_000 },
  desired: { cpu: 64_000 },
  used: null,
  activatedAt: 1,
};
const inputs: Inputs = {
  catalog: [anItem({}), memory],
  offers: {
    at: 1,
    nodes: [
      {
        id: 'cn_1',
        code: 'sz',
        name: '深圳',
        tier: 'city',
        offers: [
          { arch: 'x86-64', poolClass: 'general', free: { cpu: 96_000, memory: 1_048_576 } },
          { arch: 'arm64', poolClass: 'general', free: { cpu: 64_000, memory: 524_288 } },
        ],
      },
    ],
  },
  allocations: [anAllocation],
};
const aLine = (over: Partial<FormLine> = {}): FormLine => ({
  key: 1,
  itemVersionId: 'cat_cpu',
  pool: 'x86-64/general',
  amount: 8_000,
  text: '8',
  ...over,
});
const aForm = (over: Partial<FormState> = {}): FormState => ({
  ...emptyForm,
  systemId: 'sys_1',
  cloudNodeId: 'cn_1',
  reason: '高峰',
  lines: [aLine()],
  ...over,
});

describe('content of the form', () => {
  test('is exactly what the API takes', () => {
    expect(toContent(aForm(), inputs)).toEqual({
      kind: 'new',
      systemId: 'sys_1',
      environment: 'prod',
      allocationId: null,
      reason: '高峰',
      lines: [
        {
          itemVersionId: 'cat_cpu',
          resource: 'cpu',
          cloudNodeId: 'cn_1',
          arch: 'x86-64',
          poolClass: 'general',
          amount: 8_000,
        },
      ],
    });
  });

  test('a change takes place and environment from the allocation, whatever the fields say', () => {
    const form = aForm({ kind: 'change', allocationId: 'alc_1', cloudNodeId: '' });
    const content = toContent(form, inputs);
    expect([content.environment, content.allocationId, content.lines[0]?.cloudNodeId]).toEqual([
      'test',
      'alc_1',
      'cn_1',
    ]);
  });

  test('a release has no lines', () => {
    const form = aForm({ kind: 'release', allocationId: 'alc_1' });
    expect(toContent(form, inputs).lines).toEqual([]);
  });

  test('survives the way to the server and back', () => {
    const content = toContent(aForm(), inputs);
    let key = 0;
    const back = fromContent(content, () => (key += 1));
    expect(toContent(back, inputs)).toEqual(content);
  });

  test('lines that name no item or pool yet are not sent, the others keep their place', () => {
    const lines = [
      aLine({ key: 1, pool: '' }),
      aLine({ key: 2 }),
      aLine({ key: 3, itemVersionId: '' }),
    ];
    expect(completeLines(aForm({ lines }), inputs).map((line) => line.index)).toEqual([1]);
  });
});

describe('pools for an item', () => {
  test('only those that can carry it', () => {
    expect(poolsFor(aForm(), inputs, anItem({})).map((pool) => pool.key)).toEqual([
      'x86-64/general',
    ]);
    expect(poolsFor(aForm(), inputs, memory)).toHaveLength(2);
  });

  test('a change stays in the pool of its allocation', () => {
    const form = aForm({ kind: 'change', allocationId: 'alc_1' });
    expect(poolsFor(form, inputs, memory).map((pool) => pool.key)).toEqual(['x86-64/general']);
  });

  test('none before a node is chosen', () => {
    expect(poolsFor(aForm({ cloudNodeId: '' }), inputs, memory)).toEqual([]);
  });

  test.each([
    ['x86-64/general', { arch: 'x86-64', poolClass: 'general' }],
    ['arm64/npu', { arch: 'arm64', poolClass: 'npu' }],
    ['', undefined],
    ['x86-64', undefined],
    ['mips/general', undefined],
  ])('reads the key %s', (key, want) => {
    expect(readPoolKey(key)).toEqual(want);
  });
});

describe('the rules of the server run on the form', () => {
  test('nothing to say about a form that may be submitted', () => {
    expect(checkForm(aForm(), inputs)).toEqual([]);
  });

  test.each([
    { name: 'no purpose', form: aForm({ reason: '' }), want: ['reason'] },
    {
      name: 'too little',
      form: aForm({ lines: [aLine({ amount: 500 })] }),
      want: ['lines.0.amount'],
    },
    {
      name: 'no step',
      form: aForm({ lines: [aLine({ amount: 1_250 })] }),
      want: ['lines.0.amount'],
    },
    {
      name: 'nothing changed',
      form: aForm({ kind: 'change', allocationId: 'alc_1', lines: [aLine({ amount: 64_000 })] }),
      want: ['lines'],
    },
  ])('$name', ({ form, want }) => {
    expect(checkForm(form, inputs).map((issue) => issue.path)).toEqual(want);
  });

  test('a problem points at the line of the form, not at the line that was sent', () => {
    const lines = [aLine({ key: 1, pool: '' }), aLine({ key: 2, amount: 500 })];
    expect(checkForm(aForm({ lines }), inputs)[0]?.path).toBe('lines.1.amount');
  });
});
