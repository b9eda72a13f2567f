import { Show, splitProps } from 'solid-js';
import type { JSX } from 'solid-js';
import { useField } from './field.tsx';

export type InputProps = JSX.InputHTMLAttributes<HTMLInputElement> & {
  /** Shown inside the field at the right. */
  unit?: string | undefined;
  invalid?: boolean | undefined;
};

export function Input(props: InputProps): JSX.Element {
  const field = useField();
  const [own, rest] = splitProps(props, ['unit', 'invalid', 'class']);
  const control = () => (
    <input
      {...rest}
      id={rest.id ?? field?.id}
      class={`input ${own.class ?? ''}`.trim()}
      aria-invalid={(own.invalid ?? field?.invalid()) ? 'true' : undefined}
      aria-describedby={rest['aria-describedby'] ?? field?.describedBy()}
    />
  );
  return (
    <Show when={own.unit} fallback={control()}>
      {(unit) => (
        <span class="with-unit">
          {control()}
          <span>{unit()}</span>
        </span>
      )}
    </Show>
  );
}

export function TextArea(
  props: JSX.TextareaHTMLAttributes<HTMLTextAreaElement> & { invalid?: boolean | undefined },
): JSX.Element {
  const field = useField();
  const [own, rest] = splitProps(props, ['invalid', 'class']);
  return (
    <textarea
      {...rest}
      id={rest.id ?? field?.id}
      class={`area ${own.class ?? ''}`.trim()}
      aria-invalid={(own.invalid ?? field?.invalid()) ? 'true' : undefined}
      aria-describedby={rest['aria-describedby'] ?? field?.describedBy()}
    />
  );
}
