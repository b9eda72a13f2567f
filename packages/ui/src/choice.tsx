import { For } from 'solid-js';
import type { JSX } from 'solid-js';

export function Check(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: JSX.Element;
}): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.children}</span>
    </label>
  );
}

export type SegmentProps<V extends string> = {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
};

/** One of few, all visible. */
export function Segment<V extends string>(props: SegmentProps<V>): JSX.Element {
  return (
    <span class="seg" role="group" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            aria-pressed={option.value === props.value}
            onClick={() => props.onChange(option.value)}
          >
            {option.label}
          </button>
        )}
      </For>
    </span>
  );
}

export type Tab = { href: string; label: string; current: boolean; count?: number | undefined };

/** Tabs are links: which one is open is part of the URL. */
export function Tabs(props: {
  label: string;
  tabs: readonly Tab[];
  class?: string | undefined;
}): JSX.Element {
  return (
    <nav class={`tabs ${props.class ?? ''}`.trim()} aria-label={props.label}>
      <For each={props.tabs}>
        {(tab) => (
          <a href={tab.href} aria-current={tab.current ? 'true' : undefined}>
            {tab.label}
            {tab.count === undefined ? null : <span class="n">{tab.count}</span>}
          </a>
        )}
      </For>
    </nav>
  );
}
