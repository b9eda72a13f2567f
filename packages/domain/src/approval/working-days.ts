import type { Instant } from '@yunheng/kernel/clock'

/**
 * The Chinese holiday calendar as data (source: the yearly notice of 国务院办公厅). Days are `YYYY-MM-DD` in
 * Asia/Shanghai. Past `endsOn` weekdays count, and whoever shows a deadline says so (design 7).
 */
export interface WorkingCalendar {
  readonly holidays: readonly string[]
  readonly makeUpDays: readonly string[]
  readonly endsOn: string
}

const dayMs = 86_400_000
/** China has had one offset without daylight saving since 1991. */
const shanghaiOffsetMs = 8 * 3_600_000

/** Number of the day since 1970-01-01 on a wall calendar in Shanghai. */
export const shanghaiDay = (at: Instant): number => Math.floor((at + shanghaiOffsetMs) / dayMs)

export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

const startOfDay = (day: number): Instant => day * dayMs - shanghaiOffsetMs

export function isWorkingDay(day: number, calendar: WorkingCalendar): boolean {
  const text = dayText(day)
  if (calendar.makeUpDays.includes(text)) return true
  if (calendar.holidays.includes(text)) return false
  const weekday = (day + 4) % 7 // 1970-01-01 was a Thursday
  return weekday !== 0 && weekday !== 6
}

/** End of the n-th working day after the day of `from`: the instant at which a deadline of n working days is over. */
export function endOfWorkingDay(from: Instant, workingDays: number, calendar: WorkingCalendar): Instant {
  let day = shanghaiDay(from)
  let left = workingDays
  while (left > 0) {
    day += 1
    if (isWorkingDay(day, calendar)) left -= 1
  }
  return startOfDay(day + 1)
}

/** Working days that begin after the day of `from` and end by `until`; negative when `until` has passed. */
export function workingDaysLeft(from: Instant, until: Instant, calendar: WorkingCalendar): number {
  if (until < from) return -workingDaysLeft(until, from, calendar)
  let count = 0
  for (let day = shanghaiDay(from) + 1; startOfDay(day + 1) <= until; day++) {
    if (isWorkingDay(day, calendar)) count += 1
  }
  return count
}

export const beyondCalendar = (at: Instant, calendar: WorkingCalendar): boolean => dayText(shanghaiDay(at)) > calendar.endsOn
