import { Show, createContext, createUniqueId, useContext } from 'solid-js';
import type { Accessor, JSX } from 'solid-js';

type FieldContext = {
  id: string;
  describedBy: Accessor<string | undefined>;
  invalid: Accessor<boolean>;
};

const Context = createContext<FieldContext>();

/** What a control inside a Field takes over from it; nothing when it stands alone with its own label. */
export function useField(): FieldContext | undefined {
  return useContext(Context);
}

export type FieldProps = {
  label: string;
  /** Given when a list of problems links here. */
  id?: string | undefined;
  /** The word for "optional"; there are no asterisks. */
  optional?: string | undefined;
  hint?: JSX.Element | undefined;
  error?: string | undefined;
  class?: string | undefined;
  children: JSX.Element;
};

export function Field(props: FieldProps): JSX.Element {
  const own = createUniqueId();
  const id = () => props.id ?? own;
  const hintId = `${own}-hint`;
  const errorId = `${own}-error`;
  const context: FieldContext = {
    get id() {
      return id();
    },
    describedBy: () =>
      [props.error === undefined ? '' : errorId, props.hint === undefined ? '' : hintId]
        .filter((part) => part !== '')
        .join(' ') || undefined,
    invalid: () => props.error !== undefined,
  };
  return (
    <div class={`field ${props.class ?? ''}`.trim()}>
      <label for={id()}>
        {props.label}
        <Show when={props.optional}>
          {(word) => (
            <span class="opt">
              {'　'}
              {word()}
            </span>
          )}
        </Show>
      </label>
      <Context.Provider value={context}>{props.children}</Context.Provider>
      <Show when={props.hint}>
        {(hint) => (
          <span class="hint" id={hintId}>
            {hint()}
          </span>
        )}
      </Show>
      <Show when={props.error}>
        {(error) => (
          <span class="err" id={errorId}>
            {error()}
          </span>
        )}
      </Show>
    </div>
  );
}
