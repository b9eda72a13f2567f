import type { JSX } from 'solid-js';

/** Thirteen marks, each with its own shape. Before adding a fourteenth, remove one. */
export type Mark =
  | 'draft'
  | 'wait'
  | 'run'
  | 'you'
  | 'hold'
  | 'ok'
  | 'back'
  | 'bad'
  | 'warn'
  | 'late'
  | 'stale'
  | 'end'
  | 'seal';

export function StateMark(props: {
  mark: Mark;
  children: JSX.Element;
  dim?: boolean | undefined;
}): JSX.Element {
  return (
    <span class={props.dim ? 'st dim' : 'st'} data-s={props.mark}>
      {props.children}
    </span>
  );
}

/** The shape alone, with its word for those who do not see it. */
export function StateShape(props: { mark: Mark; word: string }): JSX.Element {
  return (
    <span class="st only" data-s={props.mark}>
      <span class="vh">{props.word}</span>
    </span>
  );
}

export function Tag(props: {
  tone?: 'accent' | 'warn' | 'bad' | undefined;
  children: JSX.Element;
}): JSX.Element {
  return (
    <span class="tag" data-t={props.tone}>
      {props.children}
    </span>
  );
}

export function Badge(props: { count: number; unit: string }): JSX.Element {
  return (
    <span class="badge">
      {props.count > 99 ? '99+' : props.count}
      <span class="vh"> {props.unit}</span>
    </span>
  );
}
