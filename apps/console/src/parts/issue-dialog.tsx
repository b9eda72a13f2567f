import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { useTexts } from '../text/texts.ts';
import { ActError } from './act-error.tsx';
import { createAct } from './act.ts';
import { CopyText } from './copy-text.tsx';

/** What is wrong with each field, in words; undefined where nothing is. */
type Mistakes<M> = { [field in keyof M]?: string | undefined };

export type IssueDialogProps<M> = {
  open: boolean;
  title: string;
  /** Verb on the button. */
  act: string;
  /** Afterwards: what it is, what to do with it now, and what it is called for whoever copies it. */
  issued: { title: string; help: string; label: string };
  mistakes: Mistakes<M>;
  issue: () => Promise<string>;
  /** Also empties the fields. */
  onClose: () => void;
  /** The form; it is told of mistakes from the first try on. */
  children: (mistakes: () => Mistakes<M>) => JSX.Element;
};

/** Makes something that comes with a secret, and shows the secret this one time. */
export function IssueDialog<M>(props: IssueDialogProps<M>): JSX.Element {
  const { t } = useTexts();
  const [tried, setTried] = createSignal(false);
  const [secret, setSecret] = createSignal<string>();
  const issue = createAct(async () => {
    setSecret(await props.issue());
  });
  const submit = () => {
    setTried(true);
    if (Object.values(props.mistakes).every((mistake) => mistake === undefined)) issue.run();
  };
  const close = () => {
    setSecret(undefined);
    setTried(false);
    issue.forget();
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      title={secret() === undefined ? props.title : props.issued.title}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>
            {secret() === undefined ? t('shell.cancel') : t('shell.close')}
          </Button>
          <Show when={secret() === undefined}>
            <Button kind="primary" busy={issue.busy()} onClick={submit}>
              {props.act}
            </Button>
          </Show>
        </>
      }
    >
      <Show
        when={secret()}
        fallback={
          <div class="dialog-form">
            <ActError failed={issue.failed()} />
            {props.children(() => (tried() ? props.mistakes : {}))}
          </div>
        }
      >
        {(text) => (
          <>
            <p>{props.issued.help}</p>
            <CopyText text={text()} label={props.issued.label} />
          </>
        )}
      </Show>
    </Dialog>
  );
}
