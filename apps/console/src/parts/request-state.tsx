import type { JSX } from 'solid-js';
import type { RequestState } from '@yunheng/domain/quota/request';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { useTexts } from '../text/texts.ts';

const stateMarks: Readonly<Record<RequestState, Mark>> = {
  draft: 'draft',
  in_review: 'run',
  returned: 'back',
  rejected: 'bad',
  withdrawn: 'end',
  approved: 'run',
  fulfilled: 'ok',
  failed: 'bad',
};

const taskMarks: Readonly<Record<string, Mark>> = {
  queued: 'run',
  waiting_cluster: 'wait',
  running: 'run',
  waiting_vacate: 'warn',
  grace: 'warn',
  done: 'ok',
  failed: 'bad',
};

export function markOfTask(state: string): Mark {
  return taskMarks[state] ?? 'run';
}

export type RequestStateProps = {
  state: RequestState;
  stepCode?: string | null | undefined;
  taskState?: string | null | undefined;
};

/** The state in words, more precise where more is known: the step under review, what the provisioning waits for. */
export function RequestStateMark(props: RequestStateProps): JSX.Element {
  const texts = useTexts();
  const precise = () => {
    if (props.state === 'in_review' && props.stepCode) return texts.word('steps', props.stepCode);
    if (props.state === 'approved' && props.taskState)
      return texts.word('taskStates', props.taskState);
    return texts.word('requestStates', props.state);
  };
  const mark = () =>
    props.state === 'approved' && props.taskState
      ? markOfTask(props.taskState)
      : stateMarks[props.state];
  return <StateMark mark={mark()}>{precise()}</StateMark>;
}
