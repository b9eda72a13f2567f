import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { Input } from '@yunheng/ui/input';

const typingMilliseconds = 300;

/** Free text of a filter: reaches the address once typing pauses, so that each letter is not a page of its own. */
export function FilterSearch(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): JSX.Element {
  const [text, setText] = createSignal(props.value ?? '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (document.activeElement?.getAttribute('data-filter') === null || value === undefined)
          setText(value ?? '');
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  const onInput = (typed: string) => {
    setText(typed);
    clearTimeout(timer);
    timer = setTimeout(
      () => props.onChange(typed.trim() === '' ? undefined : typed.trim()),
      typingMilliseconds,
    );
  };
  return (
    <Input
      type="search"
      data-filter=""
      aria-label={props.label}
      placeholder={props.label}
      value={text()}
      maxlength={64}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
