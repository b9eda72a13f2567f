import { TRPCClientError } from '@trpc/client';
import { dictionary as en } from '@yunheng/messages/en';
import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import { failureOf } from './api/failure.ts';
import { issueText, presentError } from './present-error.ts';
import { createTexts } from './text/texts.ts';

const chinese = createTexts('zh-CN', zh);
const english = createTexts('en', en);

/** As the server writes it: everything that matters is in `data`. */
const refusal = (data: Record<string, unknown>) =>
  TRPCClientError.from({ error: { code: -32_012, message: String(data['code']), data } });

const shortfall = { account: 'capacity/pool_1/free', missing: 32_000, needed: 128_000 };

describe('failureOf', () => {
  test('a refusal keeps its code, facts, problems and request id', () => {
    const issue = { path: 'lines.0.amount', code: 'quantity.not_step', params: { step: 500 } };
    const error = refusal({
      code: 'request.capacity_short',
      kind: 'exhausted',
      params: { resource: 'cpu' },
      issues: [issue],
      details: [shortfall, { other: true }],
      requestId: 'req_1',
    });
    expect(failureOf(error)).toEqual({
      kind: 'exhausted',
      code: 'request.capacity_short',
      params: { resource: 'cpu' },
      issues: [issue],
      shortfalls: [shortfall],
      requestId: 'req_1',
    });
  });

  test('no answer is told apart from a refusal', () => {
    expect(failureOf(TRPCClientError.from(new TypeError('Failed to fetch'))).kind).toBe('network');
  });

  test('a mistake of the program is never blamed on the network', () => {
    expect(failureOf(new TypeError('x is not a function')).code).toBe('internal.unexpected');
  });
});

describe('presentError', () => {
  test('speaks the language of the reader, with what a helper will ask for', () => {
    const error = refusal({
      code: 'user.duplicate',
      kind: 'conflict',
      params: { username: 'jyt-head' },
      requestId: 'req_1',
    });
    expect(presentError(error, chinese)).toMatchObject({
      text: '账号 jyt-head 已存在，换一个账号。',
      reference: '错误 user.duplicate　请求 req_1',
    });
    expect(presentError(error, english).text).toBe(
      'The account jyt-head exists already. Choose another.',
    );
  });

  test('counts the problems of an input', () => {
    const issue = { path: 'reason', code: 'input.invalid', params: {} };
    const error = refusal({ code: 'input.invalid', kind: 'invalid', issues: [issue, issue] });
    expect(presentError(error, chinese).text).toContain('2');
  });

  test('without an answer it says what still works', () => {
    const presented = presentError(TRPCClientError.from(new TypeError('Failed to fetch')), chinese);
    expect(presented.text).toContain('连上后自动恢复');
  });
});

test('an issue with an amount names the unit', () => {
  const issue = { code: 'quantity.not_step', params: { resource: 'memory', step: 1_024 } };
  expect(issueText(chinese, issue)).toContain('1 GiB');
});
