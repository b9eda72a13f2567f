import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayText, shanghaiDay } from '@yunheng/kernel/civil-day';
import {
  beyondCalendar,
  endOfWorkingDay,
  isWorkingDay,
  workingDaysLeft,
  type WorkingCalendar,
} from './working-days.ts';

/** 2026 as 国务院办公厅 announced it, as far as the cases below need it. */
const calendar: WorkingCalendar = {
  holidays: [
    '2026-01-01',
    '2026-01-02',
    '2026-01-03',
    '2026-10-01',
    '2026-10-02',
    '2026-10-03',
    '2026-10-04',
    '2026-10-05',
    '2026-10-06',
    '2026-10-07',
  ],
  makeUpDays: ['2026-01-04', '2026-09-20', '2026-10-10'],
  endsOn: '2026-12-31',
};
const hour = 3_600_000;
/** Wall clock in Shanghai. */
const at = (text: string, hours = 10) => Date.parse(`${text}T00:00:00+08:00`) + hours * hour;
const day = (text: string) => shanghaiDay(at(text));

/** The last day of a term, as people say it: the day before the midnight at which it is over. */
const lastDay = (from: string, workingDays: number, hours?: number) =>
  dayText(shanghaiDay(endOfWorkingDay(at(from, hours), workingDays, calendar) - 1));

describe('isWorkingDay', () => {
  test.each([
    ['an ordinary Tuesday', '2026-11-24', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['National Day, a Thursday', '2026-10-01', false],
    ['a holiday on a weekend', '2026-10-03', false],
    ['a make-up Saturday', '2026-10-10', true],
    ['a make-up Sunday', '2026-09-20', true],
    ['the Monday after a make-up day', '2026-09-21', true],
    ['a leap day, a Thursday', '2028-02-29', true],
    ['a Monday before 1970', '1969-12-29', true],
    ['a Sunday before 1970', '1969-12-28', false],
  ])('%s', (_name, text, want) => {
    expect(isWorkingDay(day(text), calendar)).toBe(want);
  });
});

describe('endOfWorkingDay', () => {
  test.each([
    ['two days on a Tuesday end on Thursday', '2026-11-24', 2, '2026-11-26'],
    ['the day itself never counts', '2026-11-24', 1, '2026-11-25'],
    ['a term over the weekend', '2026-11-26', 2, '2026-11-30'],
    ['a term that begins on a Saturday', '2026-11-28', 1, '2026-11-30'],
    ['a term over the long holiday with its make-up Saturday', '2026-09-30', 3, '2026-10-10'],
    ['a make-up Sunday counts', '2026-09-18', 1, '2026-09-20'],
    ['the first days of the year', '2025-12-31', 1, '2026-01-04'],
    ['none: the end of that very day', '2026-11-24', 0, '2026-11-24'],
    ['past the calendar weekdays count', '2026-12-31', 1, '2027-01-01'],
  ])('%s', (_name, from, days, want) => {
    expect(lastDay(from, days)).toBe(want);
  });

  test('is over at midnight in Shanghai, not in London', () => {
    expect(new Date(endOfWorkingDay(at('2026-11-24'), 1, calendar)).toISOString()).toBe(
      '2026-11-25T16:00:00.000Z',
    );
  });

  test('the hour of the day makes no difference, the last millisecond before midnight included', () => {
    const ends = [0, 10, 23.999].map((hours) => lastDay('2026-11-24', 2, hours));
    expect(new Set(ends)).toEqual(new Set(['2026-11-26']));
  });

  test('one millisecond after midnight is the next day', () => {
    expect(lastDay('2026-11-24', 2, 24)).toBe('2026-11-27');
  });
});

const instant = fc.integer({ min: at('2026-01-01', 0), max: at('2027-12-31', 0) });
const days = fc.integer({ min: 0, max: 60 });

describe('any term', () => {
  test('has as many working days between its ends as it was given', () => {
    fc.assert(
      fc.property(instant, days, (from, given) => {
        const end = endOfWorkingDay(from, given, calendar);
        let counted = 0;
        for (let one = shanghaiDay(from) + 1; one <= shanghaiDay(end - 1); one++)
          if (isWorkingDay(one, calendar)) counted += 1;
        expect(counted).toBe(given);
      }),
    );
  });

  test('ends on a working day', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 60 }), (from, given) => {
        const last = shanghaiDay(endOfWorkingDay(from, given, calendar) - 1);
        expect(isWorkingDay(last, calendar)).toBe(true);
      }),
    );
  });

  test('may be cut in two: a then b days are a + b days', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 30 }), days, (from, first, second) => {
        const halfway = endOfWorkingDay(from, first, calendar) - 1;
        expect(endOfWorkingDay(halfway, second, calendar)).toBe(
          endOfWorkingDay(from, first + second, calendar),
        );
      }),
    );
  });

  test('never ends earlier when it begins later', () => {
    fc.assert(
      fc.property(instant, fc.nat(10 * 24 * hour), days, (from, later, given) => {
        expect(endOfWorkingDay(from + later, given, calendar)).toBeGreaterThanOrEqual(
          endOfWorkingDay(from, given, calendar),
        );
      }),
    );
  });
});

describe('workingDaysLeft', () => {
  const due = endOfWorkingDay(at('2026-11-24'), 2, calendar);

  test.each([
    ['on the day it begins', '2026-11-24', 2],
    ['a day later', '2026-11-25', 1],
    ['on the last day', '2026-11-26', 0],
    ['on the first day of delay', '2026-11-27', -1],
    ['on the weekend after it', '2026-11-28', -1],
    ['on the second working day of delay', '2026-11-30', -2],
  ])('%s', (_name, now, want) => {
    expect(workingDaysLeft(at(now), due, calendar)).toBe(want);
  });

  test('is never minus zero, which would print as -0', () => {
    const saturday = at('2026-11-28');
    expect(Object.is(workingDaysLeft(saturday, saturday, calendar), 0)).toBe(true);
  });

  test('says at the start exactly what was given', () => {
    fc.assert(
      fc.property(instant, days, (from, given) => {
        expect(workingDaysLeft(from, endOfWorkingDay(from, given, calendar), calendar)).toBe(given);
      }),
    );
  });

  test('never grows as time passes', () => {
    fc.assert(
      fc.property(instant, fc.nat(90 * 24 * hour), days, (from, later, given) => {
        const end = endOfWorkingDay(from, given, calendar);
        expect(workingDaysLeft(from + later, end, calendar)).toBeLessThanOrEqual(given);
      }),
    );
  });
});

describe('beyondCalendar', () => {
  test.each([
    ['a deadline inside', '2026-12-30', false],
    ['one that ends with the last day that is known', '2026-12-31', false],
    ['one that ends a day later', '2027-01-01', true],
  ])('%s', (_name, last, want) => {
    expect(beyondCalendar(at(last, 24), calendar)).toBe(want);
  });
});
