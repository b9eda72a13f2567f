import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TaskKind } from '@yunheng/domain/provisioning/steps';
import type { RequestKind } from '@yunheng/domain/quota/request';
import { formatLastDay, formatShort } from '@yunheng/messages/format/time';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { Trail, TrailEntry } from '@yunheng/ui/steps';
import { Time } from '@yunheng/ui/time';
import type { EventView, RequestDetail, StepView } from '../../api/types.ts';
import { eventWord } from '../../text/state-words.ts';
import { useTexts } from '../../text/texts.ts';
import { TaskEntry } from './task-entry.tsx';

const eventMarks: Readonly<Record<string, Mark>> = {
  submitted: 'ok',
  step_approved: 'ok',
  step_returned: 'back',
  step_rejected: 'bad',
  withdrawn: 'end',
  hold_renewed: 'hold',
  hold_expired: 'warn',
  hold_moved: 'hold',
  chain_complete: 'ok',
  task_queued: 'ok',
  task_waiting_cluster: 'wait',
  task_waiting_vacate: 'warn',
  task_suspended: 'end',
  task_grace: 'warn',
  task_ready: 'ok',
  task_removed: 'end',
  task_failed: 'bad',
  task_retried: 'ok',
};

/** What happened, newest first, under what is still ahead. */
export function RequestTrail(props: { detail: RequestDetail; connected: boolean }): JSX.Element {
  const { t } = useTexts();
  const ahead = () => props.detail.steps.filter((step) => step.state === 'waiting').toReversed();
  const current = () =>
    props.detail.request.state === 'in_review'
      ? props.detail.steps.filter((step) => step.state === 'current')
      : [];
  // Steps of the provisioning stand with their times under the task itself.
  const events = () =>
    props.detail.events.filter((event) => event.kind !== 'task_step').toReversed();
  // A release that was taken back turns into a restore: what follows is told of that.
  const takenBackAt = () =>
    props.detail.events.find((event) => event.kind === 'task_taken_back')?.at ?? Infinity;
  const kindAt = (event: EventView) =>
    event.at > takenBackAt() ? 'restore' : props.detail.request.kind;
  return (
    <Section
      title={t('request.detailTrail')}
      note={
        <>
          {t('request.detailTrailNote')}
          {'　'}
          <StateMark mark={props.connected ? 'ok' : 'stale'}>
            {props.connected ? t('request.detailLive') : t('request.detailReconnecting')}
          </StateMark>
        </>
      }
      bare
    >
      <Trail label={t('request.detailTrail')}>
        <For each={props.detail.tasks}>
          {(task) => <TaskEntry task={task} detail={props.detail} />}
        </For>
        <Show when={props.detail.request.state === 'in_review'}>
          <For each={ahead()}>{(step) => <StepEntry step={step} mark="wait" />}</For>
        </Show>
        <For each={current()}>{(step) => <StepEntry step={step} mark="run" />}</For>
        <For each={events()}>{(event) => <EventEntry event={event} kind={kindAt(event)} />}</For>
      </Trail>
    </Section>
  );
}

function StepEntry(props: { step: StepView; mark: Mark }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const roles = () => texts.names(props.step.roles.map((role) => texts.word('roles', role)));
  return (
    <TrailEntry
      mark={props.mark}
      word={texts.word('stepStates', props.step.state)}
      title={texts.word('steps', props.step.code)}
      when={
        <Show when={props.step.dueAt}>
          {(due) => (
            <Time at={due()}>{t('request.detailDueOn', { date: formatLastDay(due()) })}</Time>
          )}
        </Show>
      }
    >
      <p class="sub">{t('request.detailWaitFor', { roles: roles() })}</p>
    </TrailEntry>
  );
}

function EventEntry(props: { event: EventView; kind: RequestKind | TaskKind }): JSX.Element {
  const texts = useTexts();
  const title = () => eventWord(texts, props.event, props.kind);
  const opinion = () => {
    const said = props.event.params['opinion'];
    return typeof said === 'string' && said !== '' ? said : undefined;
  };
  const stepWord = () => {
    const step = props.event.params['step'];
    return typeof step === 'string' && props.event.kind.startsWith('step_')
      ? texts.word('steps', step)
      : undefined;
  };
  const who = () => {
    const { actor } = props.event;
    const step = stepWord();
    // 人社厅部门负责人 says the step by itself.
    const parts = step !== undefined && actor?.includes(step) ? [actor] : [step, actor];
    return texts.dots(parts.filter((part) => part !== undefined && part !== null));
  };
  return (
    <TrailEntry
      mark={eventMarks[props.event.kind] ?? 'run'}
      word={title()}
      title={title()}
      who={who() === '' ? undefined : who()}
      when={<Time at={props.event.at}>{formatShort(props.event.at)}</Time>}
      opinion={opinion()}
    />
  );
}
