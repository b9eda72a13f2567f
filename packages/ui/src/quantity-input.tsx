import { createEffect, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { Input } from './input.tsx';

export type QuantityInputProps = {
  /** Canonical amount; undefined while the field is empty or cannot be read. */
  value: number | undefined;
  unit: string;
  label?: string | undefined;
  id?: string | undefined;
  invalid?: boolean | undefined;
  describedBy?: string | undefined;
  /** Reads what people type ("1,024", "1 Ti"); undefined when it means nothing. */
  parse: (text: string) => number | undefined;
  /** Writes a canonical amount in the unit of this field, without the unit. */
  format: (amount: number) => string;
  onInput: (amount: number | undefined, text: string) => void;
};

/** Keeps what was typed while typing, and echoes the canonical writing when left. */
export function QuantityInput(props: QuantityInputProps): JSX.Element {
  const written = () => (props.value === undefined ? '' : props.format(props.value));
  const [text, setText] = createSignal(written());
  const [typing, setTyping] = createSignal(false);

  createEffect(
    on(
      () => props.value,
      () => {
        if (!typing()) setText(written());
      },
      { defer: true },
    ),
  );

  const onInput: JSX.InputEventHandler<HTMLInputElement, InputEvent> = (event) => {
    setTyping(true);
    const typed = event.currentTarget.value;
    setText(typed);
    props.onInput(props.parse(typed), typed);
  };
  const onBlur = () => {
    setTyping(false);
    const amount = props.parse(text());
    // What cannot be read stays on screen, so that it can be mended instead of retyped.
    if (amount !== undefined) setText(props.format(amount));
  };
  return (
    <Input
      id={props.id}
      unit={props.unit}
      value={text()}
      inputmode="decimal"
      autocomplete="off"
      aria-label={props.label}
      invalid={props.invalid}
      aria-describedby={props.describedBy}
      onInput={onInput}
      onBlur={onBlur}
    />
  );
}
