import { describe, expect, test } from 'vitest';
import { oneOf, pageOf, textOf } from './url-state.ts';

const search = (text: string) => new URLSearchParams(text);

describe('what an address says', () => {
  test.each([
    ['page=3', 3],
    ['', 1],
    ['page=0', 1],
    ['page=-2', 1],
    ['page=1.5', 1],
    ['page=abc', 1],
    ['page=99999', 1],
  ])('%s is page %d', (text, want) => {
    expect(pageOf(search(text))).toBe(want);
  });

  test('an unknown choice is no choice', () => {
    const states = ['draft', 'failed'] as const;
    expect([
      oneOf(search('state=failed'), 'state', states),
      oneOf(search('state=exploded'), 'state', states),
      oneOf(search(''), 'state', states),
    ]).toEqual(['failed', undefined, undefined]);
  });

  test('text is trimmed and bounded, and blank is absent', () => {
    expect(textOf(search('q=%20%E5%B0%B1%E4%B8%9A%20'), 'q')).toBe('就业');
    expect(textOf(search('q=%20'), 'q')).toBe(undefined);
    expect(textOf(search(`q=${'x'.repeat(500)}`), 'q')).toHaveLength(200);
  });
});
