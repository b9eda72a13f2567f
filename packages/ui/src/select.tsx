import { For, Show, splitProps } from 'solid-js';
import type { JSX } from 'solid-js';
import { useField } from './field.tsx';

export type Option = {
  value: string;
  label: string;
  group?: string | undefined;
  disabled?: boolean | undefined;
};

export type SelectProps = Omit<
  JSX.SelectHTMLAttributes<HTMLSelectElement>,
  'onChange' | 'value'
> & {
  options: readonly Option[];
  value: string;
  /** First entry with an empty value, when nothing need be chosen. */
  placeholder?: string | undefined;
  onChange: (value: string) => void;
};

type Group = { label: string | undefined; options: Option[] };

function grouped(options: readonly Option[]): Group[] {
  const groups: Group[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.label === option.group) last.options.push(option);
    else groups.push({ label: option.group, options: [option] });
  }
  return groups;
}

/** The native element: it is the one that works on every phone and with every screen reader. */
export function Select(props: SelectProps): JSX.Element {
  const field = useField();
  const [own, rest] = splitProps(props, ['options', 'value', 'placeholder', 'onChange']);
  const entry = (option: Option) => (
    <option value={option.value} disabled={option.disabled} selected={option.value === own.value}>
      {option.label}
    </option>
  );
  return (
    <select
      {...rest}
      id={rest.id ?? field?.id}
      class="select"
      aria-invalid={field?.invalid() ? 'true' : undefined}
      aria-describedby={field?.describedBy()}
      onChange={(event) => own.onChange(event.currentTarget.value)}
    >
      <Show when={own.placeholder !== undefined}>
        <option value="" selected={own.value === ''}>
          {own.placeholder}
        </option>
      </Show>
      <For each={grouped(own.options)}>
        {(group) => (
          <Show when={group.label} fallback={<For each={group.options}>{entry}</For>}>
            {(label) => (
              <optgroup label={label()}>
                <For each={group.options}>{entry}</For>
              </optgroup>
            )}
          </Show>
        )}
      </For>
    </select>
  );
}
