import { dayText, shanghaiDay } from '@yunheng/kernel/civil-day';
import type { Instant } from '@yunheng/kernel/clock';

const yearOf = (at: Instant): string => dayText(shanghaiDay(at)).slice(0, 4);

/** 配申〔2026〕1187 号: without gaps per year in Asia/Shanghai, six-cornered brackets as official papers have them. */
export const paperNumber = {
  series: (at: Instant): string => `request:${yearOf(at)}`,
  format: (at: Instant, n: number): string => `配申〔${yearOf(at)}〕${n} 号`,
};
