import { domainError, type ErrorCode } from '@yunheng/kernel/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { refuse, unchecked } from './outcome.ts';
import { Terminal } from './terminal.ts';

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

test.each([
  ['access.forbidden', 1],
  ['request.capacity_short', 1],
  ['audit.proof_interrupted', 2],
  ['store.unavailable', 2],
] satisfies readonly [ErrorCode, number][])(
  'a refusal ends a verb with 1, and what could not be read with 2: %s',
  (code, exitCode) => {
    expect(refuse(new Terminal({ json: true, env: {} }), domainError(code))).toBe(exitCode);
  },
);

test.each(['auth.required', 'access.forbidden', 'auth.scope', 'rate.source'] as const)(
  'a check that was refused ends with 2, for 1 is a finding: %s',
  (code) => {
    expect(unchecked(new Terminal({ json: true, env: {} }), domainError(code))).toBe(2);
  },
);
