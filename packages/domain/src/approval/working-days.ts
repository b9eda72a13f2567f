import { dayText, shanghaiDay, startOfShanghaiDay } from '@yunheng/kernel/civil-day';
import type { Instant } from '@yunheng/kernel/clock';

/**
 * The Chinese holiday calendar as data (source: the yearly notice of 国务院办公厅). Days are `YYYY-MM-DD` in
 * Asia/Shanghai. Past `endsOn` weekdays count, and whoever shows a deadline says so (design 7).
 */
export interface WorkingCalendar {
  readonly holidays: readonly string[];
  readonly makeUpDays: readonly string[];
  readonly endsOn: string;
}

export function isWorkingDay(day: number, calendar: WorkingCalendar): boolean {
  const text = dayText(day);
  if (calendar.makeUpDays.includes(text)) return true;
  if (calendar.holidays.includes(text)) return false;
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return weekday !== 0 && weekday !== 6;
}

/**
 * End of the n-th working day after the day of `from`: the instant at which a deadline of n working days is over.
 * The day on which the term begins does not count (民法典 第二百零一条). Zero is the end of that very day.
 */
export function endOfWorkingDay(
  from: Instant,
  workingDays: number,
  calendar: WorkingCalendar,
): Instant {
  const day = shanghaiDay(from);
  const key = `${day}+${workingDays}`;
  let counted = countedEnds.get(calendar);
  if (counted === undefined) countedEnds.set(calendar, (counted = new Map()));
  let end = counted.get(key);
  if (end === undefined) counted.set(key, (end = countOn(day, workingDays, calendar)));
  return end;
}

/** A published calendar never changes: thousands of submissions of one day count their term once. */
const countedEnds = new WeakMap<WorkingCalendar, Map<string, Instant>>();

function countOn(from: number, workingDays: number, calendar: WorkingCalendar): Instant {
  let day = from;
  let left = workingDays;
  while (left > 0) {
    day += 1;
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return startOfShanghaiDay(day + 1);
}

/**
 * Working days that begin after the day of `from` and end by `until`: 0 on the last day itself. Once `until` has
 * passed the working days of delay, negative, the running one included.
 */
export function workingDaysLeft(from: Instant, until: Instant, calendar: WorkingCalendar): number {
  const today = shanghaiDay(from);
  if (until > from) return countWorkingDays(today + 1, shanghaiDay(until - 1), calendar);
  const late = countWorkingDays(shanghaiDay(until), today, calendar);
  return late === 0 ? 0 : -late;
}

function countWorkingDays(first: number, last: number, calendar: WorkingCalendar): number {
  let count = 0;
  for (let day = first; day <= last; day++) {
    if (isWorkingDay(day, calendar)) count += 1;
  }
  return count;
}

/** True when a deadline lies past the calendar's last day. `at` is an end, half-open: midnight belongs to the day before. */
export const beyondCalendar = (at: Instant, calendar: WorkingCalendar): boolean =>
  dayText(shanghaiDay(at - 1)) > calendar.endsOn;
