import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { id, instant, rowVersion, text } from './contract/common.ts';
import { issuesOfZod } from './zod-issues.ts';

const schema = z.strictObject({
  name: text(5).min(2),
  count: z.number().int().min(1).max(9),
  state: z.enum(['on', 'off']),
  lines: z.array(z.strictObject({ id })).max(2),
});

function issues(value: unknown) {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : issuesOfZod(parsed.error).map(({ path, code }) => `${path} ${code}`);
}

describe('problems of an input', () => {
  test('are all named at once, by place and in our own codes', () => {
    const found = issues({
      name: 'toolong',
      count: 1.5,
      state: 'x',
      lines: [{ id: 'a b' }, {}],
      more: 1,
      __proto__x: 2,
    });
    expect(found).toEqual([
      'name input.too_long',
      'count quantity.not_integer',
      'state input.not_allowed',
      'lines.0.id input.format',
      'lines.1.id input.required',
      'more input.unknown_field',
      '__proto__x input.unknown_field',
    ]);
  });

  test.each([
    [{ count: 0 }, 'count input.too_small'],
    [{ count: 10 }, 'count input.too_big'],
    [{ count: '1' }, 'count input.wrong_type'],
    [{ count: null }, 'count input.wrong_type'],
    [{ count: undefined }, 'count input.required'],
    [{ name: 'x' }, 'name input.too_short'],
    [{ name: '\u0000\u0000' }, 'name input.format'],
    [{ name: '\ud800\ud800' }, 'name input.format'],
    [{ lines: {} }, 'lines input.wrong_type'],
  ])('%j is %s', (part, expected) => {
    expect(issues({ name: 'abc', count: 1, state: 'on', lines: [], ...part })).toEqual([expected]);
  });

  test.each([null, [], 'text', 7])('%j as a whole is of the wrong type', (value) => {
    expect(issues(value)).toEqual([' input.wrong_type']);
  });

  test('stay few however many there are', () => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
    const parsed = schema.safeParse(keys);
    expect(parsed.success ? 0 : issuesOfZod(parsed.error).length).toBeLessThanOrEqual(60);
  });
});

describe('words of the contract', () => {
  test('take no figure that a database could not hold', () => {
    expect(instant.safeParse(253_402_300_800_000).success).toBe(false);
    expect(rowVersion.safeParse(2 ** 31).success).toBe(false);
    expect(rowVersion.safeParse(-1).success).toBe(false);
  });
});
