import type { JSX } from 'solid-js';
import { StateMark } from '@yunheng/ui/state-mark';
import { useStatus } from '../api/status.tsx';
import { useTexts } from '../text/texts.ts';

const dayMilliseconds = 86_400_000;

/** Whole days to a deadline, counted in Beijing days: negative when over. */
export function daysUntil(due: number, now: number): number {
  const day = (at: number) => Math.floor((at + 8 * 3_600_000) / dayMilliseconds);
  return day(due) - day(now);
}

export function Due(props: { at: number | null }): JSX.Element {
  const { t } = useTexts();
  const status = useStatus();
  const days = () => (props.at === null ? undefined : daysUntil(props.at, status.now()));
  const shown = () => {
    const left = days();
    if (left === undefined || props.at === null) return { mark: 'wait', text: '—' } as const;
    if (props.at < status.now())
      return {
        mark: 'late',
        text: left === 0 ? t('request.inboxToday') : t('request.inboxOver', { days: -left }),
      } as const;
    if (left === 0) return { mark: 'you', text: t('request.inboxToday') } as const;
    return {
      mark: left <= 2 ? 'you' : 'wait',
      text: t('request.inboxLeft', { days: left }),
    } as const;
  };
  return <StateMark mark={shown().mark}>{shown().text}</StateMark>;
}
