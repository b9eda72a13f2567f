import { formatNumber } from './number.ts';

/** Everything a person reads is Beijing time; the zone has had no offset but +8 since 1991. */
const beijing = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

type Parts = {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
};

function partsOf(at: number): Parts {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
  for (const part of beijing.formatToParts(at)) {
    if (part.type in parts) parts[part.type as keyof Parts] = part.value; // the key was just tested
  }
  return parts;
}

/** 2026-03-01 00:00 */
export function formatInstant(at: number): string {
  const { year, month, day, hour, minute } = partsOf(at);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** With seconds: audit only. */
export function formatInstantSeconds(at: number): string {
  return `${formatInstant(at)}:${partsOf(at).second}`;
}

export function formatDate(at: number): string {
  const { year, month, day } = partsOf(at);
  return `${year}-${month}-${day}`;
}

/** 11-26 15:20, where the year is plain from the surroundings. */
export function formatShort(at: number): string {
  return formatInstant(at).slice(5);
}

/** 11-27 for a term that is over at 11-28 00:00: people name the last day, not the midnight after it. */
export function formatLastDay(end: number): string {
  return formatDate(end - 1).slice(5);
}

export function formatClock(at: number): string {
  return formatInstant(at).slice(11);
}

export function formatClockSeconds(at: number): string {
  return `${formatClock(at)}:${partsOf(at).second}`;
}

export type Span = { days: number; hours: number; minutes: number; seconds: number };

export function spanOf(milliseconds: number): Span {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3_600),
    minutes: Math.floor((seconds % 3_600) / 60),
    seconds: seconds % 60,
  };
}

/** Two largest units, as people say it: 1 小时 30 分; 4 天 2 小时; 12 秒. */
export function formatSpan(milliseconds: number, locale: 'zh-CN' | 'en'): string {
  const span = spanOf(milliseconds);
  const words =
    locale === 'zh-CN'
      ? { days: '天', hours: '小时', minutes: '分', seconds: '秒' }
      : { days: 'd', hours: 'h', minutes: 'min', seconds: 's' };
  const units = (['days', 'hours', 'minutes', 'seconds'] as const).filter((unit) => span[unit] > 0);
  if (units.length === 0) return `0 ${words.seconds}`;
  const [first, second] = units;
  const shown =
    second === undefined || first === undefined
      ? units.slice(0, 1)
      : isNextTo(first, second)
        ? [first, second]
        : [first];
  return shown.map((unit) => `${formatNumber(span[unit])} ${words[unit]}`).join(' ');
}

const order = ['days', 'hours', 'minutes', 'seconds'] as const;

/** Days and minutes without hours between them would look like a slip. */
function isNextTo(a: keyof Span, b: keyof Span): boolean {
  return order.indexOf(b) - order.indexOf(a) === 1;
}
