import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { StateShape } from './state-mark.tsx';
import type { Mark } from './state-mark.tsx';

export type Step = {
  title: string;
  note?: JSX.Element | undefined;
  progress: 'done' | 'now' | 'ahead';
};

/** The definition of a way, horizontally; what happened on it is the Trail. */
export function Steps(props: { label: string; steps: readonly Step[] }): JSX.Element {
  return (
    <ol class="steps" aria-label={props.label}>
      <For each={props.steps}>
        {(step) => (
          <li
            data-s={step.progress === 'ahead' ? undefined : step.progress}
            aria-current={step.progress === 'now' ? 'step' : undefined}
          >
            <b>{step.title}</b>
            {step.note}
          </li>
        )}
      </For>
    </ol>
  );
}

export type DotState = 'd' | 'w' | 'x' | '';

export function StepDots(props: { dots: readonly DotState[] }): JSX.Element {
  return (
    <span class="dots" aria-hidden="true">
      <For each={props.dots}>{(dot) => <i class={dot === '' ? undefined : dot} />}</For>
    </span>
  );
}

export function Trail(props: { label: string; children: JSX.Element }): JSX.Element {
  return (
    <ol class="trail body" aria-label={props.label}>
      {props.children}
    </ol>
  );
}

export type TrailEntryProps = {
  mark: Mark;
  word: string;
  title: string;
  who?: string | undefined;
  when?: JSX.Element | undefined;
  /** Words of a person, quoted. */
  opinion?: string | undefined;
  children?: JSX.Element;
};

export function TrailEntry(props: TrailEntryProps): JSX.Element {
  return (
    <li>
      <StateShape mark={props.mark} word={props.word} />
      <div class="who">
        <b>{props.title}</b>
        <Show when={props.who}>{(who) => <span class="sub">{who()}</span>}</Show>
        {props.when}
      </div>
      <Show when={props.opinion}>{(opinion) => <blockquote>{opinion()}</blockquote>}</Show>
      {props.children}
    </li>
  );
}
