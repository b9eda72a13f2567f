import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayText, shanghaiDay, startOfShanghaiDay } from './civil-day.ts';

const dayOf = (text: string) => dayText(shanghaiDay(Date.parse(text)));

describe('days in Shanghai', () => {
  test.each([
    ['noon', '2026-11-24T12:00:00+08:00', '2026-11-24'],
    ['the first moment of a day', '2026-11-24T00:00:00.000+08:00', '2026-11-24'],
    ['the last millisecond of a day', '2026-11-24T23:59:59.999+08:00', '2026-11-24'],
    ['an evening in London that is tomorrow already', '2026-12-31T16:00:00Z', '2027-01-01'],
    ['a leap day', '2028-02-29T08:00:00+08:00', '2028-02-29'],
    ['a day before 1970', '1969-12-31T08:00:00+08:00', '1969-12-31'],
  ])('%s', (_name, instant, want) => {
    expect(dayOf(instant)).toBe(want);
  });

  const instant = fc.integer({ min: -(2 ** 42), max: 2 ** 42 });

  test('every instant lies in its day and in no other', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const day = shanghaiDay(at);
        expect(startOfShanghaiDay(day)).toBeLessThanOrEqual(at);
        expect(startOfShanghaiDay(day + 1)).toBeGreaterThan(at);
      }),
    );
  });

  test('texts sort as days do', () => {
    const day = fc.integer({ min: -20_000, max: 100_000 });
    fc.assert(
      fc.property(day, day, (one, other) => {
        expect(dayText(one) < dayText(other)).toBe(one < other);
      }),
    );
  });
});
