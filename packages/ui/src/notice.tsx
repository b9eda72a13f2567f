import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';

export type Tone = 'warn' | 'bad' | 'ok';

export type NoticeProps = {
  tone?: Tone | undefined;
  title: JSX.Element;
  children?: JSX.Element;
  actions?: JSX.Element | undefined;
  /** Announce at once; for what interrupts, not for what is merely there. */
  alert?: boolean | undefined;
};

export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div class="notice" data-t={props.tone} role={props.alert ? 'alert' : undefined}>
      <div>
        <strong>{props.title}</strong>
        {props.children}
        <Show when={props.actions}>{(actions) => <p class="acts">{actions()}</p>}</Show>
      </div>
    </div>
  );
}

export type Problem = { fieldId: string; text: string };

/** All problems at once, in the order of the page, each a link to its field. Takes the focus when it appears. */
export function ProblemSummary(props: {
  title: string;
  problems: readonly Problem[];
}): JSX.Element {
  return (
    <Show when={props.problems.length > 0}>
      <div
        class="notice"
        data-t="bad"
        role="alert"
        tabindex="-1"
        ref={(element) => queueMicrotask(() => element.focus())}
      >
        <div>
          <strong>{props.title}</strong>
          <ul class="inline">
            <For each={props.problems}>
              {(problem) => (
                <li>
                  <a href={`#${problem.fieldId}`} onClick={(event) => jump(event, problem.fieldId)}>
                    {problem.text}
                  </a>
                </li>
              )}
            </For>
          </ul>
        </div>
      </div>
    </Show>
  );
}

function jump(event: MouseEvent, fieldId: string): void {
  event.preventDefault();
  const field = document.getElementById(fieldId);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
