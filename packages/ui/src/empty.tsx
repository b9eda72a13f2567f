import { For, Show, createSignal, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';

/** Says why it is empty and the one thing to do. */
export function Empty(props: {
  title: string;
  children?: JSX.Element;
  actions?: JSX.Element | undefined;
}): JSX.Element {
  return (
    <div class="empty">
      <h3>{props.title}</h3>
      <Show when={props.children}>{(children) => <p>{children()}</p>}</Show>
      <Show when={props.actions}>{(actions) => <p class="acts">{actions()}</p>}</Show>
    </div>
  );
}

const loadingGraceMilliseconds = 150;

/** Shows its content only when waiting lasts long enough to be noticed; a flash of grey tells nobody anything. */
export function Loading(props: { word: string; children?: JSX.Element }): JSX.Element {
  const [late, setLate] = createSignal(false);
  const timer = setTimeout(() => setLate(true), loadingGraceMilliseconds);
  onCleanup(() => clearTimeout(timer));
  return (
    <Show when={late()}>
      <div aria-busy="true">
        <span class="vh" role="status">
          {props.word}
        </span>
        {props.children ?? <SkeletonLines lines={4} />}
      </div>
    </Show>
  );
}

const lineWidths = [62, 88, 74, 52, 80];

export function SkeletonLines(props: { lines: number }): JSX.Element {
  const widths = () =>
    Array.from({ length: props.lines }, (_, index) => lineWidths[index % lineWidths.length]);
  return (
    <div class="skel-lines" aria-hidden="true">
      <For each={widths()}>{(width) => <span class="skel" style={{ width: `${width}%` }} />}</For>
    </div>
  );
}
