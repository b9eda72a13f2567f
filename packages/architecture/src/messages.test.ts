import { errorCodes } from '@yunheng/kernel/errors';
import { describe, expect, test } from 'vitest';
import { read } from './repository.ts';

const codes = Object.keys(errorCodes);

describe('every error code (ADR 0007)', () => {
  test.each(['zh-cn', 'en'])('has a text in %s', (language) => {
    const texts = read(`packages/messages/src/${language}/errors.ts`);
    expect(codes.filter((code) => !texts.includes(`'${code}':`))).toEqual([]);
  });

  test('is written context.snake_case', () => {
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z0-9]+)*$/.test(code))).toEqual(
      [],
    );
  });
});
