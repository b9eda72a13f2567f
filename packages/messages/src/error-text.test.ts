import { describe, expect, test } from 'vitest';
import { errorText, readableParams, saidText } from './error-text.ts';
import { dictionaries } from './translate.ts';

const zh = dictionaries['zh-CN'];
const { en } = dictionaries;

describe('errorText', () => {
  test.each([
    {
      name: 'identifiers are said as words',
      code: 'request.wrong_state',
      params: { state: 'in_review' },
      want: '申请现在是“审批中”，不能这样办理。',
    },
    {
      name: 'a state is not said of one kind of request only',
      code: 'request.wrong_state',
      params: { state: 'approved' },
      want: '申请现在是“已批准，办理中”，不能这样办理。',
    },
    {
      name: 'without the fact the sentence still stands',
      code: 'request.wrong_state',
      params: {},
      want: '申请现在不能这样办理。',
    },
    {
      name: 'amounts of a resource carry their unit',
      code: 'quantity.below_minimum',
      params: { resource: 'cpu', minimum: 1_000, amount: 0 },
      want: '数量太小，最少 1 核。',
    },
    {
      name: 'several roles are listed',
      code: 'approval.not_your_step',
      params: { roles: 'operator, operator_approver' },
      want: '这一环节由平台运营、运营审批人办理，不是你现在的角色。',
    },
    {
      name: 'a field that a kind does not have',
      code: 'input.not_applicable',
      params: { kind: 'new' },
      want: '新建申请不填这一项，请去掉。',
    },
    {
      name: 'a field that a decision does not have',
      code: 'input.not_applicable',
      params: { decision: 'return' },
      want: '退回时不填这一项，请去掉。',
    },
    {
      name: 'what an item is for is said as far as it is bound',
      code: 'request.item_pool',
      params: { arch: 'arm64', poolClass: 'npu' },
      want: '这个资源项只供 ARM 架构 NPU 类型的资源池。换资源项，或换资源池。',
    },
    {
      name: 'a repeated line names the first',
      code: 'request.line_duplicate',
      params: { resource: 'memory', line: 2 },
      want: '与第 2 行重复：同一处的内存只写一行，数量写申请后的总量。',
    },
    {
      name: 'an unknown code reads as itself',
      code: 'future.thing',
      params: {},
      want: 'future.thing',
    },
  ])('$name', ({ code, params, want }) => {
    expect(errorText('zh-CN', zh, { code, params })).toBe(want);
  });

  test('instants are those of Beijing', () => {
    const until = Date.UTC(2026, 10, 25, 1, 30);
    expect(errorText('en', en, { code: 'auth.locked', params: { until } })).toContain(
      'until 2026-11-25 09:30',
    );
  });
});

describe('what has to be written how', () => {
  const said = (format: string) =>
    errorText('zh-CN', zh, { code: 'input.format', params: { format } });

  test('is said in words where the pattern is one that people meet', () => {
    expect(said('/^[a-z][a-z0-9-]{2,31}$/')).toBe(
      '写法不对，应为：小写字母开头，3 至 32 位，只用小写字母、数字、连字符。',
    );
    expect(said('/[\\p{L}\\p{N}]/u')).toBe('写法不对，应为：至少有一个字或数字。');
    expect(said('custom')).toContain('不含控制字符');
    expect(said('max ≥ min')).toBe('写法不对，应为：max ≥ min。');
  });

  test('is left out where only a program knows it', () => {
    expect(said('/^[\\w:]{1,128}$/u')).toBe('写法不对。');
  });
});

describe('readableParams', () => {
  test('a number without a resource stays a number', () => {
    expect(readableParams('zh-CN', zh, { min: 3, port: 4_600 })).toEqual({ min: 3, port: 4_600 });
  });

  test('null is a dash, never a zero', () => {
    expect(readableParams('zh-CN', zh, { free: null })).toEqual({ free: '—' });
  });
});

test('events are told from their kind and parameters', () => {
  expect(
    saidText('zh-CN', zh, { area: 'events', code: 'task_step', params: { step: 'quota' } }),
  ).toBe('资源配额');
});
