import { For, Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { TrailEntry } from '@yunheng/ui/steps';
import { Time } from '@yunheng/ui/time';
import type { RequestDetail, TaskView } from '../../api/types.ts';
import { poolName } from '../../parts/place.ts';
import { markOfTask } from '../../parts/request-state.tsx';
import { taskStateWord } from '../../text/state-words.ts';
import { useTexts } from '../../text/texts.ts';

/** The provisioning with each of its steps and when it was done; in words what it waits for. */
export function TaskEntry(props: { task: TaskView; detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const state = () => taskStateWord(texts, props.task.state, props.task.kind);
  const pool = () => {
    const line = props.detail.lines.find((one) => one.pool?.code === props.task.pool);
    return line === undefined ? props.task.pool : poolName(texts, line);
  };
  return (
    <TrailEntry
      mark={markOfTask(props.task.state)}
      word={state()}
      title={texts.word('taskKinds', props.task.kind)}
      who={state()}
      when={
        <Show
          when={props.task.finishedAt}
          fallback={
            <Time at={props.task.deadlineAt}>
              {t('request.detailDeadline', { time: formatShort(props.task.deadlineAt) })}
            </Time>
          }
        >
          {(at) => <Time at={at()}>{formatShort(at())}</Time>}
        </Show>
      }
    >
      <p class="small sub">{pool()}</p>
      <ol class="prov">
        <For each={props.task.steps}>
          {(step) => <ProvisioningStep step={step} task={props.task} detail={props.detail} />}
        </For>
      </ol>
      <p class="small sub">
        {t('request.detailCluster')} {props.task.cluster}
        {'　'}
        <span class="mono">{props.task.namespace}</span>
      </p>
      <Switch>
        <Match when={props.task.state === 'waiting_cluster'}>
          <p class="small">{t('request.detailTaskWaiting', { cluster: props.task.cluster })}</p>
        </Match>
        <Match when={props.task.state === 'grace'}>
          <p class="small">
            {t('request.detailTaskGrace', { time: formatShort(props.task.nextAt) })}
          </p>
        </Match>
      </Switch>
    </TrailEntry>
  );
}

function ProvisioningStep(props: {
  step: string;
  task: TaskView;
  detail: RequestDetail;
}): JSX.Element {
  const texts = useTexts();
  const mark = (): Mark => {
    const { state, step, steps } = props.task;
    const reached = step === null ? -1 : steps.indexOf(step);
    const own = steps.indexOf(props.step);
    if (state === 'grace' && props.step === 'grace') return 'run';
    // The step that is named has been reached; what follows it is under way, or what it failed at.
    if (state === 'done' || own <= reached) return 'ok';
    if (own > reached + 1) return 'wait';
    return state === 'failed' ? 'bad' : state === 'running' ? 'run' : 'wait';
  };
  const reachedAt = () =>
    props.detail.events.findLast(
      ({ kind, params }) =>
        kind === 'task_step' &&
        params['step'] === props.step &&
        params['namespace'] === props.task.namespace,
    )?.at;
  return (
    <li>
      <StateMark mark={mark()}>{texts.word('taskSteps', props.step)}</StateMark>
      <Show when={reachedAt()}>{(at) => <Time at={at()}>{formatShort(at())}</Time>}</Show>
    </li>
  );
}
