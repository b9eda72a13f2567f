import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupLines, lineEffects, type AllocationFacts } from './effect.ts';
import type { LineContent, RequestContent } from './request.ts';

const aLine = (overrides: Partial<LineContent> = {}): LineContent => ({
  itemVersionId: 'cat_cpu',
  resource: 'cpu',
  cloudNodeId: 'cn_sheng',
  arch: 'x86-64',
  poolClass: 'general',
  amount: 8_000,
  ...overrides,
});
const content = (kind: RequestContent['kind'], lines: readonly LineContent[]): RequestContent => ({
  kind,
  systemId: 'sys_1',
  environment: 'prod',
  allocationId: kind === 'new' ? null : 'alc_1',
  reason: '扩容',
  lines,
});
const standing: AllocationFacts = {
  id: 'alc_1',
  poolId: 'pool_a',
  systemId: 'sys_1',
  environment: 'prod',
  active: true,
  underWay: null,
  allocated: { cpu: 8_000 },
};
const effectOf = (kind: RequestContent['kind'], amount: number) => {
  const [effect] = lineEffects(
    content(kind, [aLine({ amount })]),
    kind === 'new' ? null : standing,
  );
  return [effect?.before, effect?.after, effect?.hold];
};

describe('lineEffects', () => {
  test.each([
    ['a new environment starts from nothing', 'new', 5_000, [0, 5_000, 5_000]],
    [
      'an increase holds the difference and never the total (features trap d)',
      'change',
      12_000,
      [8_000, 12_000, 4_000],
    ],
    ['a decrease holds nothing', 'change', 3_000, [8_000, 3_000, 0]],
    ['no change holds nothing', 'change', 8_000, [8_000, 8_000, 0]],
    ['a resource brought to zero holds nothing', 'change', 0, [8_000, 0, 0]],
    ['a release ends at zero and holds nothing', 'release', 8_000, [8_000, 0, 0]],
  ] as const)('%s', (_name, kind, amount, want) => {
    expect(effectOf(kind, amount)).toEqual(want);
  });

  test('a resource that the allocation does not have yet starts from nothing', () => {
    const lines = [aLine({ resource: 'gpu', amount: 2 })];
    expect(lineEffects(content('change', lines), standing)).toEqual([
      { index: 0, resource: 'gpu', before: 0, after: 2, hold: 2 },
    ]);
  });

  test('what is held is exactly what lies between before and after, and never negative', () => {
    const lines = fc.array(
      fc.record({ resource: fc.constantFrom('cpu', 'memory', 'gpu'), amount: fc.nat(100_000) }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, (drawn) => {
        const given = content(
          'change',
          drawn.map((line) => aLine(line)),
        );
        for (const { before, after, hold } of lineEffects(given, standing)) {
          expect(hold).toBeGreaterThanOrEqual(0);
          expect(before + hold).toBe(Math.max(before, after));
        }
      }),
    );
  });
});

describe('groupLines', () => {
  test('lines of one node, architecture and class land in one pool together', () => {
    const groups = groupLines([
      aLine(),
      aLine({ cloudNodeId: 'cn_gz' }),
      aLine({ resource: 'memory' }),
      aLine({ arch: 'arm64' }),
      aLine({ poolClass: 'gpu' }),
    ]);
    expect(groups.map((group) => group.lines.map((line) => line.index))).toEqual([
      [0, 2],
      [1],
      [3],
      [4],
    ]);
  });

  test('every line is in exactly one group, with its place in the form', () => {
    const lines = fc.array(
      fc.record({
        cloudNodeId: fc.constantFrom('cn_a', 'cn_b'),
        arch: fc.constantFrom('x86-64', 'arm64'),
        poolClass: fc.constantFrom('general', 'gpu', 'npu'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(lines, (drawn) => {
        const indexes = groupLines(drawn.map((line) => aLine(line))).flatMap((group) =>
          group.lines.map((line) => line.index),
        );
        expect(indexes.toSorted((left, right) => left - right)).toEqual([...drawn.keys()]);
      }),
    );
  });
});
