import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '@yunheng/kernel/errors';
import { checkContent, maxLines, type ContentFacts, type ItemFacts } from './check-content.ts';
import type { AllocationFacts, PoolFacts } from './effect.ts';
import type { Occupant } from './occupant.ts';
import type { LineContent, RequestContent } from './request.ts';

const anItem = (overrides: Partial<ItemFacts> = {}): ItemFacts => ({
  itemVersionId: 'cat_cpu',
  resource: 'cpu',
  arch: 'x86-64',
  poolClass: null,
  min: 1_000,
  step: 1_000,
  max: 4_096_000,
  ...overrides,
});
const memoryItem = anItem({
  itemVersionId: 'cat_memory',
  resource: 'memory',
  arch: null,
  min: 1_024,
  step: 1_024,
});

const aPool = (overrides: Partial<PoolFacts> = {}): PoolFacts => ({
  id: 'pool_sheng_x86',
  code: 'sheng-x86-general',
  cloudNodeId: 'cn_sheng',
  clusterId: 'cl_sheng',
  arch: 'x86-64',
  poolClass: 'general',
  free: { cpu: 1_000_000, memory: 1_000_000 },
  ...overrides,
});

const aLine = (overrides: Partial<LineContent> = {}): LineContent => ({
  itemVersionId: 'cat_cpu',
  resource: 'cpu',
  cloudNodeId: 'cn_sheng',
  arch: 'x86-64',
  poolClass: 'general',
  amount: 8_000,
  ...overrides,
});
const memoryLine = (overrides: Partial<LineContent> = {}) =>
  aLine({ itemVersionId: 'cat_memory', resource: 'memory', amount: 16_384, ...overrides });

const aContent = (overrides: Partial<RequestContent> = {}): RequestContent => ({
  kind: 'new',
  systemId: 'sys_jyfw',
  environment: 'prod',
  allocationId: null,
  reason: '新系统上线',
  lines: [aLine(), memoryLine()],
  ...overrides,
});

const standing: AllocationFacts = {
  id: 'alc_1',
  poolId: 'pool_sheng_x86',
  systemId: 'sys_jyfw',
  environment: 'prod',
  active: true,
  underWay: null,
  allocated: { cpu: 8_000, memory: 16_384 },
};
const someFacts = (overrides: Partial<ContentFacts> = {}): ContentFacts => ({
  items: new Map([anItem(), memoryItem].map((item) => [item.itemVersionId, item])),
  pools: [aPool()],
  allocation: null,
  occupants: new Map(),
  ...overrides,
});
const standingFacts = (overrides: Partial<AllocationFacts> = {}) =>
  someFacts({ allocation: { ...standing, ...overrides } });
const aChange = (overrides: Partial<RequestContent> = {}) =>
  aContent({
    kind: 'change',
    allocationId: 'alc_1',
    reason: '业务增长',
    lines: [aLine({ amount: 16_000 })],
    ...overrides,
  });
const aRelease = (overrides: Partial<RequestContent> = {}) =>
  aContent({ kind: 'release', allocationId: 'alc_1', reason: '系统下线', lines: [], ...overrides });

const standsThere: Occupant = { kind: 'allocation', namespace: 'yh-rsj-jyfw-prod' };

const problems = (content: RequestContent, facts: ContentFacts) =>
  checkContent(content, facts).map(({ path, code }) => [path, code]);
const one = (path: string, code: ErrorCode) => [[path, code]];

describe('a content that may be submitted', () => {
  test.each([
    ['a new environment', aContent(), someFacts()],
    ['an increase', aChange(), standingFacts()],
    ['a decrease', aChange({ lines: [aLine({ amount: 1_000 })] }), standingFacts()],
    ['a resource brought to zero', aChange({ lines: [aLine({ amount: 0 })] }), standingFacts()],
    [
      'one resource changed and one left',
      aChange({ lines: [aLine({ amount: 9_000 }), memoryLine()] }),
      standingFacts(),
    ],
    ['a release', aRelease(), standingFacts()],
  ])('%s', (_name, content, facts) => {
    expect(checkContent(content, facts)).toEqual([]);
  });
});

describe('what is wrong with the target', () => {
  test.each([
    ['no allocation', aChange({ allocationId: null }), someFacts(), 'request.no_allocation'],
    [
      'a suspended allocation',
      aChange(),
      standingFacts({ active: false }),
      'allocation.not_active',
    ],
    [
      'another request under way',
      aChange(),
      standingFacts({ underWay: { number: null } }),
      'request.allocation_busy',
    ],
    [
      'a release of nothing',
      aRelease({ allocationId: null }),
      someFacts(),
      'request.no_allocation',
    ],
    [
      'a release while a change is under way',
      aRelease(),
      standingFacts({ underWay: { number: null } }),
      'request.allocation_busy',
    ],
  ] as const)('%s', (_name, content, facts, code) => {
    expect(problems(content, facts)).toContainEqual(['allocationId', code]);
  });

  test.each([
    ['that is nobody’s', aChange(), someFacts()],
    ['of another system', aChange(), standingFacts({ systemId: 'sys_other' })],
    ['of another system, to be released', aRelease(), standingFacts({ systemId: 'sys_other' })],
    ['of another environment', aChange(), standingFacts({ environment: 'test' })],
    ['that another id names', aChange({ allocationId: 'alc_2' }), standingFacts()],
  ])('an allocation %s is not found, rather than not there yet', (_name, content, facts) => {
    expect(problems(content, facts)).toEqual(one('allocationId', 'request.allocation_unknown'));
  });

  test.each([
    ['at another place', { poolId: 'pool_shi_arm' }],
    ['of the very amounts', { allocated: { cpu: 16_000 } }],
    ['suspended', { active: false }],
    ['busy', { underWay: { number: '配申〔2026〕1 号' } }],
  ])('a foreign allocation %s is answered like one that does not exist', (_name, its) => {
    const foreign = standingFacts({ systemId: 'sys_other', ...its });
    expect(checkContent(aChange(), foreign)).toEqual(checkContent(aChange(), someFacts()));
    expect(checkContent(aRelease(), foreign)).toEqual(checkContent(aRelease(), someFacts()));
  });

  test('a new environment names no allocation: it is refused, not dropped', () => {
    const content = aContent({ allocationId: 'alc_1', reason: '' });
    expect(checkContent(content, standingFacts())).toEqual([
      { path: 'allocationId', code: 'input.not_applicable', params: { kind: 'new' } },
      { path: 'reason', code: 'input.required', params: {} },
    ]);
  });

  test.each(['', '   ', '\n\t'])('a reason of %j says nothing', (reason) => {
    expect(problems(aContent({ reason }), someFacts())).toEqual(one('reason', 'input.required'));
  });

  test('a second environment in the same pools is a change and not a new one', () => {
    const facts = someFacts({ occupants: new Map([['pool_sheng_x86', standsThere]]) });
    expect(problems(aContent(), facts)).toEqual(
      one('lines.0.cloudNodeId', 'request.allocation_exists'),
    );
  });

  test('another request for the same environment and pool is in the way like an allocation', () => {
    const asked: Occupant = { kind: 'request', number: null };
    const facts = someFacts({ occupants: new Map([['pool_sheng_x86', asked]]) });
    expect(problems(aContent(), facts)).toEqual(
      one('lines.0.cloudNodeId', 'request.new_under_way'),
    );
  });

  test('one environment may have a second pool of the same kind', () => {
    const facts = someFacts({
      pools: [aPool(), aPool({ id: 'pool_sheng_x86_b' })],
      occupants: new Map([['pool_sheng_x86', standsThere]]),
    });
    expect(problems(aContent(), facts)).toEqual([]);
  });
});

describe('what is wrong with a line', () => {
  const amounts: readonly [string, number, ErrorCode][] = [
    ['negative', -1_000, 'quantity.negative'],
    ['half a millicore', 1_000.5, 'quantity.not_integer'],
    ['beyond the safe range', 2 ** 53, 'quantity.too_large'],
    ['infinite', Infinity, 'quantity.too_large'],
    ['not a number', NaN, 'quantity.too_large'],
    ['beyond the item', 4_097_000, 'quantity.too_large'],
    ['below the minimum', 500, 'quantity.below_minimum'],
    ['zero in a new environment', 0, 'quantity.below_minimum'],
    ['off the step', 1_500, 'quantity.not_step'],
  ];
  test.each(amounts)('an amount that is %s', (_name, amount, code) => {
    expect(problems(aContent({ lines: [aLine({ amount })] }), someFacts())).toEqual(
      one('lines.0.amount', code),
    );
  });

  test('the figures for the sentence go with the problem', () => {
    const issues = checkContent(aContent({ lines: [aLine({ amount: 500 })] }), someFacts());
    expect(issues[0]?.params).toEqual({ amount: 500, resource: 'cpu', minimum: 1_000 });
  });

  test('what is not a number is still JSON', () => {
    const issues = checkContent(aContent({ lines: [aLine({ amount: NaN })] }), someFacts());
    expect(JSON.parse(JSON.stringify(issues))).toEqual(issues);
  });

  test.each([
    [
      'an item that is not in the catalogue',
      { itemVersionId: 'cat_gone' },
      'request.item_unavailable',
      { resource: 'cpu' },
    ],
    [
      'an item of another resource',
      { itemVersionId: 'cat_memory' },
      'request.item_resource',
      { resource: 'memory' },
    ],
    ['an item of another architecture', { arch: 'arm64' }, 'request.item_pool', { arch: 'x86-64' }],
  ] as const)('%s, with what would be right', (_name, overrides, code, params) => {
    expect(checkContent(aContent({ lines: [aLine(overrides)] }), someFacts())).toContainEqual({
      path: 'lines.0.itemVersionId',
      code,
      params,
    });
  });

  test('an item of another resource and another class is told both', () => {
    const gpu = anItem({ itemVersionId: 'cat_gpu', resource: 'gpu', poolClass: 'gpu' });
    const facts = someFacts({ items: new Map([['cat_gpu', gpu]]) });
    const content = aContent({ lines: [aLine({ itemVersionId: 'cat_gpu' })] });
    expect(checkContent(content, facts)).toEqual([
      { path: 'lines.0.itemVersionId', code: 'request.item_resource', params: { resource: 'gpu' } },
      {
        path: 'lines.0.itemVersionId',
        code: 'request.item_pool',
        params: { arch: 'x86-64', poolClass: 'gpu' },
      },
    ]);
  });

  test('a node without a pool of that kind', () => {
    const lines = [memoryLine({ cloudNodeId: 'cn_zh' })];
    expect(problems(aContent({ lines }), someFacts())).toEqual(
      one('lines.0.cloudNodeId', 'request.no_pool'),
    );
  });

  test('the same resource twice in one place leaves open which total is meant', () => {
    const lines = [aLine(), memoryLine(), aLine({ amount: 9_000 })];
    expect(checkContent(aContent({ lines }), someFacts())).toEqual([
      {
        path: 'lines.2.resource',
        code: 'request.line_duplicate',
        params: { resource: 'cpu', line: 1 },
      },
    ]);
  });

  test('the same resource in two places is two lines', () => {
    const facts = someFacts({ pools: [aPool(), aPool({ id: 'pool_gz', cloudNodeId: 'cn_gz' })] });
    const lines = [aLine(), aLine({ cloudNodeId: 'cn_gz' })];
    expect(problems(aContent({ lines }), facts)).toEqual([]);
  });

  test('a change cannot move to another pool: that is a new environment and a release', () => {
    const content = aChange({ lines: [aLine({ cloudNodeId: 'cn_gz', amount: 9_000 })] });
    expect(checkContent(content, standingFacts())).toEqual([
      {
        path: 'lines.0.cloudNodeId',
        code: 'request.change_elsewhere',
        params: { pool: 'sheng-x86-general' },
      },
    ]);
  });
});

describe('what is wrong with the lines together', () => {
  test('none', () => {
    expect(problems(aContent({ lines: [] }), someFacts())).toEqual(
      one('lines', 'request.no_lines'),
    );
  });

  test('a change to what is there already', () => {
    const content = aChange({ lines: [aLine(), memoryLine()] });
    expect(problems(content, standingFacts())).toEqual(one('lines', 'request.no_change'));
  });

  test('too many, said once and not once a line', () => {
    const lines = Array.from({ length: maxLines + 1 }, () => aLine({ amount: -1 }));
    expect(problems(aContent({ lines }), someFacts())).toEqual(
      one('lines', 'request.too_many_lines'),
    );
  });

  test('a release has none of its own: they are refused, not dropped', () => {
    const content = aRelease({ reason: '', lines: [aLine({ amount: -5 })] });
    expect(checkContent(content, standingFacts())).toEqual([
      { path: 'reason', code: 'input.required', params: {} },
      { path: 'lines', code: 'input.not_applicable', params: { kind: 'release' } },
    ]);
  });
});

describe('all problems at once', () => {
  test('in the order of the form', () => {
    const content = aChange({
      reason: '',
      lines: [
        aLine({ amount: -1 }),
        memoryLine({ amount: 1_500 }),
        aLine({ cloudNodeId: 'cn_gz' }),
      ],
    });
    expect(problems(content, standingFacts({ underWay: { number: null } }))).toEqual([
      ['allocationId', 'request.allocation_busy'],
      ['reason', 'input.required'],
      ['lines.0.amount', 'quantity.negative'],
      ['lines.1.amount', 'quantity.not_step'],
      ['lines.2.cloudNodeId', 'request.change_elsewhere'],
    ]);
  });

  const anyLine = fc.record({
    itemVersionId: fc.constantFrom('cat_cpu', 'cat_memory', 'cat_gone'),
    resource: fc.constantFrom('cpu', 'memory', 'gpu'),
    cloudNodeId: fc.constantFrom('cn_sheng', 'cn_gz'),
    arch: fc.constantFrom('x86-64', 'arm64'),
    poolClass: fc.constantFrom('general', 'gpu'),
    amount: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(1_000, 1_024, 8_000, 16_384)),
  });
  const anyContent = fc.record({
    kind: fc.constantFrom('new', 'change', 'release'),
    systemId: fc.constantFrom('sys_jyfw', 'sys_other'),
    environment: fc.constantFrom('prod', 'test'),
    allocationId: fc.constantFrom(null, 'alc_1'),
    reason: fc.constantFrom('', '扩容'),
    lines: fc.array(anyLine, { maxLength: 5 }),
  });
  const anyFacts = fc.constantFrom(
    someFacts(),
    standingFacts(),
    standingFacts({ underWay: { number: null } }),
  );

  test('every problem points at a field of the content and is said once', () => {
    fc.assert(
      fc.property(anyContent, anyFacts, (content, facts) => {
        const issues = checkContent(content, facts);
        const said = issues.map(({ path, code }) => `${path} ${code}`);
        expect(new Set(said).size).toBe(said.length);
        for (const { path } of issues) {
          const [, index] = /^lines\.(\d+)\./.exec(path) ?? [];
          if (index !== undefined) expect(Number(index)).toBeLessThan(content.lines.length);
          else expect(['allocationId', 'reason', 'lines']).toContain(path);
        }
      }),
    );
  });

  test('an amount passes when it is a whole number of steps within the item, and only then', () => {
    const amount = fc.oneof(
      fc.integer({ min: -5, max: 4_200 }).map((steps) => steps * 1_000),
      fc.integer({ min: -1_000, max: 5_000_000 }),
      fc.double(),
    );
    fc.assert(
      fc.property(amount, (drawn) => {
        const passes =
          checkContent(aContent({ lines: [aLine({ amount: drawn })] }), someFacts()).length === 0;
        expect(passes).toBe(drawn >= 1_000 && drawn <= 4_096_000 && drawn % 1_000 === 0);
      }),
    );
  });
});
