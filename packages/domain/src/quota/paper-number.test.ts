import { describe, expect, test } from 'vitest';
import { paperNumber } from './paper-number.ts';

describe('paperNumber', () => {
  test('is written as official papers are', () => {
    expect(paperNumber.format(Date.UTC(2026, 10, 24), 1187)).toBe('配申〔2026〕1187 号');
  });

  test.each([
    [
      'the last moment of the year in Guangzhou',
      Date.UTC(2026, 11, 31, 15, 59, 59, 999),
      'request:2026',
    ],
    ['the first moment of the next', Date.UTC(2026, 11, 31, 16), 'request:2027'],
  ])('%s decides the series, not the year in London', (_name, at, want) => {
    expect(paperNumber.series(at)).toBe(want);
  });

  test('number and series agree on the year', () => {
    const at = Date.UTC(2026, 11, 31, 16);
    expect(paperNumber.format(at, 1)).toContain(paperNumber.series(at).slice('request:'.length));
  });
});
