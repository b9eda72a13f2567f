import type { JSX } from 'solid-js';
import type { TaskKind } from '@yunheng/domain/provisioning/steps';
import type { RequestKind, RequestState } from '@yunheng/domain/quota/request';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { requestStateWord, taskStateWord } from '../text/state-words.ts';
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
  kind: RequestKind;
  state: RequestState;
  stepCode?: string | null | undefined;
  taskState?: string | null | undefined;
  /** Where it is known: a release that was taken back is a restore. */
  taskKind?: TaskKind | undefined;
};

/** The state in words, more precise where more is known: the step under review, what the provisioning waits for. */
export function RequestStateMark(props: RequestStateProps): JSX.Element {
  const texts = useTexts();
  const precise = () => {
    if (props.state === 'in_review' && props.stepCode) return texts.word('steps', props.stepCode);
    if (props.state === 'approved' && props.taskState)
      return taskStateWord(texts, props.taskState, props.taskKind ?? props.kind);
    return requestStateWord(texts, props.state, props.kind);
  };
  const mark = () =>
    props.state === 'approved' && props.taskState
      ? markOfTask(props.taskState)
      : props.state === 'fulfilled' && props.kind === 'release'
        ? 'end'
        : stateMarks[props.state];
  return <StateMark mark={mark()}>{precise()}</StateMark>;
}
