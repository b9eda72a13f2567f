import { describe, expect, test } from 'vitest';
import { AdapterError, domainError, errorCodes } from './errors.ts';

describe('error registry', () => {
  test.each(Object.keys(errorCodes))('%s is written as context.what_is_wrong', (code) => {
    expect(code).toMatch(/^[a-z]+\.[a-z]+(?:_[a-z]+)*$/);
  });

  test('whoever cannot mend an error is not told that they can: exhausted is never the platform', () => {
    const exhausted = Object.values(errorCodes).filter((entry) => entry.kind === 'exhausted');
    expect(
      exhausted.filter((entry) => entry.owner !== 'client' && entry.owner !== 'capacity'),
    ).toEqual([]);
  });
});

describe('domainError', () => {
  test('carries no members that were not given, so that it serialises the same everywhere', () => {
    expect(Object.keys(domainError('access.forbidden'))).toEqual(['code', 'params']);
  });

  test('keeps all issues in the order of the form', () => {
    const issues = [
      { path: 'reason', code: 'input.required', params: {} },
      { path: 'lines.0.amount', code: 'quantity.negative', params: { amount: -1 } },
    ] as const;
    expect(domainError('input.invalid', { count: 2 }, { issues }).issues).toEqual(issues);
  });
});

describe('AdapterError', () => {
  test('keeps its cause, and says by value whether trying again can help', () => {
    const cause = new Error('socket closed');
    const error = new AdapterError('cluster.unavailable', { retryable: true, cause });
    expect([error.code, error.retryable, error.cause, error.params]).toEqual([
      'cluster.unavailable',
      true,
      cause,
      {},
    ]);
  });

  test('has no cause when none was given', () => {
    expect('cause' in new AdapterError('store.full', { retryable: false })).toBe(false);
  });
});
