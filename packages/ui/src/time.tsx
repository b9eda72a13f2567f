import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { StateMark } from './state-mark.tsx';

/** An instant, machine readable, written by the caller. */
export function Time(props: { at: number; children: JSX.Element }): JSX.Element {
  return <time datetime={new Date(props.at).toISOString()}>{props.children}</time>;
}

/** How old what is shown is. Old enough to matter is marked, not only written. */
export function DataAge(props: { text: string; stale: boolean }): JSX.Element {
  return (
    <Show when={props.stale} fallback={<span class="n small dim">{props.text}</span>}>
      <span class="small">
        <StateMark mark="stale">{props.text}</StateMark>
      </span>
    </Show>
  );
}
