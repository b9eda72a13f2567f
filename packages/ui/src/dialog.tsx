import { Show, createEffect, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

export type DialogProps = {
  open: boolean;
  title: string;
  onClose: () => void;
  footer?: JSX.Element | undefined;
  children: JSX.Element;
};

/** Opens with the property; Escape and the close act both report through onClose. */
function bindOpen(element: HTMLDialogElement, open: () => boolean): void {
  createEffect(() => {
    if (open() && !element.open) {
      element.showModal();
      // The focus goes to the first control, which may stand far below the title.
      element.scrollTop = 0;
    }
    if (!open() && element.open) element.close();
  });
}

export function Dialog(props: DialogProps): JSX.Element {
  const titleId = createUniqueId();
  return (
    <dialog
      class="dialog"
      aria-labelledby={titleId}
      ref={(element) => bindOpen(element, () => props.open)}
      onClose={() => props.onClose()}
    >
      <Show when={props.open}>
        <header>
          <h2 id={titleId}>{props.title}</h2>
        </header>
        <div class="body">{props.children}</div>
        <Show when={props.footer}>{(footer) => <footer>{footer()}</footer>}</Show>
      </Show>
    </dialog>
  );
}

export type DrawerProps = {
  open: boolean;
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: JSX.Element;
};

export function Drawer(props: DrawerProps): JSX.Element {
  const titleId = createUniqueId();
  return (
    <dialog
      class="drawer"
      aria-labelledby={titleId}
      ref={(element) => bindOpen(element, () => props.open)}
      onClose={() => props.onClose()}
    >
      <Show when={props.open}>
        <div class="head">
          <h2 id={titleId}>{props.title}</h2>
          <span class="acts">
            <Button onClick={() => props.onClose()}>{props.closeLabel}</Button>
          </span>
        </div>
        {props.children}
      </Show>
    </dialog>
  );
}

export type ConfirmDialogProps = {
  open: boolean;
  title: string;
  /** The object's name, typed to confirm an act that cannot be undone. */
  expected: string;
  fieldLabel: string;
  hintOf: (missing: number) => string;
  act: string;
  keep: string;
  busy?: boolean | undefined;
  onConfirm: () => void;
  onClose: () => void;
  children: JSX.Element;
};

/** For what cannot be undone: the effect in numbers, the name typed, a verb on the button. */
export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const [typed, setTyped] = createSignal('');
  const missing = () => Math.max(0, props.expected.length - typed().length);
  const matches = () => typed() === props.expected;
  return (
    <Dialog
      open={props.open}
      title={props.title}
      onClose={() => {
        setTyped('');
        props.onClose();
      }}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{props.keep}</Button>
          <Button
            kind="danger"
            busy={props.busy}
            quietReason
            reason={matches() ? undefined : props.hintOf(missing())}
            onClick={() => props.onConfirm()}
          >
            {props.act}
          </Button>
        </>
      }
    >
      {props.children}
      <Field label={props.fieldLabel} hint={matches() ? undefined : props.hintOf(missing())}>
        <Input
          class="mono"
          autocomplete="off"
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
