import { TRPCError } from '@trpc/server';
import { AdapterError, domainError, errorCodes, type ErrorCode } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { describe, expect, test } from 'vitest';
import { isUnexpected, ownRefusalOf, refusalOf, refused, unwrap } from './errors.ts';

const codes = Object.keys(errorCodes) as ErrorCode[]; // keys of a closed object

describe('the error mapping', () => {
  test.each(codes)('%s crosses the wire as itself', (code) => {
    const error = refused(domainError(code, { n: 1 }));
    expect(refusalOf(error, '')).toEqual({ code, params: { n: 1 } });
    expect(error.message).toBe(code);
  });

  test('keeps issues and the facts of a refusal', () => {
    const issues = [{ path: 'a', code: 'input.required', params: {} }] as const;
    const details = [{ account: 'x' }];
    const error = refused(domainError('request.capacity_short', {}, { issues, details }));
    expect(ownRefusalOf(error)).toMatchObject({ issues, details });
  });

  test.each([
    ['PARSE_ERROR', 'input.not_json'],
    ['NOT_FOUND', 'input.unknown_path'],
    ['METHOD_NOT_SUPPORTED', 'input.method'],
    ['PAYLOAD_TOO_LARGE', 'input.too_large'],
    ['UNSUPPORTED_MEDIA_TYPE', 'input.unsupported_media'],
    ['INTERNAL_SERVER_ERROR', 'internal.unexpected'],
  ] as const)("tRPC's own %s reads as %s", (trpc, code) => {
    expect(refusalOf(new TRPCError({ code: trpc }), 'a.b').code).toBe(code);
  });

  test('says nothing of what nobody expected', () => {
    const error = new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      cause: new Error('password=hunter2'),
    });
    expect(refusalOf(error, '')).toEqual({ code: 'internal.unexpected', params: {} });
    expect(isUnexpected(error, '')).toBe(true);
  });

  test('lets an adapter speak for itself', () => {
    const cause = new AdapterError('cluster.unavailable', {
      retryable: true,
      params: { cluster: 'shi' },
    });
    const error = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });
    expect(refusalOf(error, '')).toEqual({
      code: 'cluster.unavailable',
      params: { cluster: 'shi' },
    });
    expect(isUnexpected(error, '')).toBe(false);
  });

  test('unwraps a value and throws a refusal', () => {
    expect(unwrap(ok(7))).toBe(7);
    expect(() => unwrap(err(domainError('access.not_found')))).toThrow('access.not_found');
  });
});
