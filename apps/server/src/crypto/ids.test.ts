import { isIdOf } from '@yunheng/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createIds } from './ids.ts';

describe('identifiers', () => {
  test('of one process are all different and sort as they were made', () => {
    const ids = createIds();
    const made = Array.from({ length: 20_000 }, () => ids.next('event'));
    expect(new Set(made).size).toBe(made.length);
    expect(made.toSorted((left, right) => (left < right ? -1 : 1))).toEqual(made);
    expect(made.every((id) => isIdOf('event', id))).toBe(true);
  });
});
