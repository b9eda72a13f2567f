import { describe, expect, test } from 'vitest';
import { isLocale, negotiateLocale } from './locale.ts';

describe('negotiateLocale', () => {
  test.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-US,en;q=0.9', 'en'],
    ['zh;q=0.3, en;q=0.7', 'en'],
    ['fr, de;q=0.5', 'zh-CN'],
    ['fr, en;q=0.5', 'en'],
    ['en;q=0, zh', 'zh-CN'],
    ['EN-gb', 'en'],
    ['*', 'zh-CN'],
  ])('%s is read as %s', (header, want) => {
    expect(negotiateLocale(header)).toBe(want);
  });
});

test('knows its own locales and no others', () => {
  expect(['zh-CN', 'en', 'zh', 'EN', ''].filter(isLocale)).toEqual(['zh-CN', 'en']);
});
