import { formatLastDay } from '@yunheng/messages/format/time';
import type { RequestRow } from '../api/types.ts';
import type { Texts } from '../text/texts.ts';

/** A deadline as the server counts it: in working days, which only the holiday calendar knows. */
export type Deadline = Pick<RequestRow, 'dueAt' | 'workingDaysLeft' | 'beyondCalendar'>;

const soonDays = 2;

export type Urgency = 'late' | 'soon' | 'later' | 'none';

export function urgencyOf({ dueAt, workingDaysLeft }: Deadline, now: number): Urgency {
  if (dueAt === null) return 'none';
  if (dueAt <= now) return 'late';
  return (workingDaysLeft ?? 0) <= soonDays ? 'soon' : 'later';
}

/** 剩 2 个工作日·11-27: days left, and the day on which the term ends. */
export function dueText(due: Deadline, { t }: Pick<Texts, 't'>, now: number): string {
  if (due.dueAt === null) return '—';
  const days = due.workingDaysLeft ?? 0;
  const date = formatLastDay(due.dueAt);
  if (due.dueAt <= now)
    return days < 0
      ? t('request.dueOver', { days: -days, date })
      : t('request.dueOverToday', { date });
  return days === 0 ? t('request.dueToday', { date }) : t('request.dueLeft', { days, date });
}
