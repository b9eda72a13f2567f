import { Show, createMemo, createUniqueId, splitProps } from 'solid-js';
import type { JSX } from 'solid-js';

export type ButtonProps = Omit<
  JSX.ButtonHTMLAttributes<HTMLButtonElement>,
  'onClick' | 'disabled'
> & {
  kind?: 'primary' | 'danger' | 'quiet' | undefined;
  size?: 'lg' | undefined;
  busy?: boolean | undefined;
  /** Why the act cannot be done now. Present means disabled: there is no disabling without words. */
  reason?: string | undefined;
  /** Leaves the reason to the surroundings (a toolbar that says it once). */
  quietReason?: boolean | undefined;
  hotkey?: string | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
};

/** Stays focusable while disabled, so that its reason can be reached by keyboard. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    'kind',
    'size',
    'busy',
    'reason',
    'quietReason',
    'hotkey',
    'onClick',
    'children',
    'type',
  ]);
  const reasonId = createUniqueId();
  // Read once here: a conditional prop makes a memo at each reading, and a handler owns none.
  const reason = createMemo(() => own.reason);
  const stopped = createMemo(() => own.busy === true || reason() !== undefined);
  const onClick = (event: MouseEvent) => {
    if (stopped()) {
      event.preventDefault();
      return;
    }
    own.onClick?.(event);
  };
  return (
    <>
      <button
        {...rest}
        type={own.type ?? 'button'}
        class={`btn ${rest.class ?? ''}`.trim()}
        data-k={own.kind}
        data-size={own.size}
        aria-busy={own.busy ? 'true' : undefined}
        aria-disabled={stopped() ? 'true' : undefined}
        aria-describedby={reason() === undefined ? rest['aria-describedby'] : reasonId}
        onClick={onClick}
      >
        {own.children}
        <Show when={own.hotkey}>{(key) => <kbd aria-hidden="true">{key()}</kbd>}</Show>
      </button>
      <Show when={reason()}>
        {(text) => (
          <span class={own.quietReason ? 'vh' : 'why'} id={reasonId}>
            {text()}
          </span>
        )}
      </Show>
    </>
  );
}

export type LinkButtonProps = {
  href: string;
  kind?: 'primary' | 'danger' | 'quiet' | undefined;
  size?: 'lg' | undefined;
  children: JSX.Element;
};

export function LinkButton(props: LinkButtonProps): JSX.Element {
  return (
    <a class="btn" href={props.href} data-k={props.kind} data-size={props.size}>
      {props.children}
    </a>
  );
}
