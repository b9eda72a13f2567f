import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { useStatus } from '../api/status.tsx';
import { useTexts } from '../text/texts.ts';
import { dueText, urgencyOf } from './deadline.ts';
import type { Deadline, Urgency } from './deadline.ts';

const marks: Readonly<Record<Urgency, Mark>> = {
  late: 'late',
  soon: 'you',
  later: 'wait',
  none: 'wait',
};

export function Due(props: { of: Deadline }): JSX.Element {
  const texts = useTexts();
  const status = useStatus();
  return (
    <>
      <StateMark mark={marks[urgencyOf(props.of, status.now())]}>
        {dueText(props.of, texts, status.now())}
      </StateMark>
      <Show when={props.of.beyondCalendar}>
        <small class="l2 dim beyond">{texts.t('request.dueBeyondCalendar')}</small>
      </Show>
    </>
  );
}
