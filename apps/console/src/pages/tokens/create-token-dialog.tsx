import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { api } from '../../api/client.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { useTexts } from '../../text/texts.ts';
import { TokenFields, emptyToken } from './token-fields.tsx';
import type { TokenDraft, TokenMistakes } from './token-fields.tsx';

const mostDays = 365;

export type CreateTokenDialogProps = {
  open: boolean;
  onClose: () => void;
  onCreated: () => void;
};

export function CreateTokenDialog(props: CreateTokenDialogProps): JSX.Element {
  const { t } = useTexts();
  const [draft, setDraft] = createSignal<TokenDraft>(emptyToken);
  const [tried, setTried] = createSignal(false);
  const [made, setMade] = createSignal<string>();
  const days = () => Number(draft().days);
  const areDaysRight = () => Number.isInteger(days()) && days() >= 1 && days() <= mostDays;
  const mistakes = (): TokenMistakes => ({
    name: draft().name.trim() === '' ? t('entry.tokenNeedName') : undefined,
    scopes: draft().scopes.length === 0 ? t('entry.tokenNeedScope') : undefined,
    days: areDaysRight() ? undefined : t('entry.tokenNeedDays'),
  });
  const create = createAct(async () => {
    const { name, scopes } = draft();
    const answer = await api.tokens.create.mutate({
      name: name.trim(),
      scopes: [...scopes],
      days: days(),
    });
    setMade(answer.token);
    props.onCreated();
  });
  const submit = () => {
    setTried(true);
    if (Object.values(mistakes()).every((mistake) => mistake === undefined)) create.run();
  };
  const close = () => {
    setMade(undefined);
    setDraft(emptyToken);
    setTried(false);
    create.forget();
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      title={made() === undefined ? t('entry.tokensNew') : t('entry.tokenMade')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>
            {made() === undefined ? t('shell.cancel') : t('shell.close')}
          </Button>
          <Show when={made() === undefined}>
            <Button kind="primary" busy={create.busy()} onClick={submit}>
              {t('entry.tokenCreate')}
            </Button>
          </Show>
        </>
      }
    >
      <ActError failed={create.failed()} />
      <Show
        when={made()}
        fallback={
          <TokenFields draft={draft()} mistakes={tried() ? mistakes() : {}} onChange={setDraft} />
        }
      >
        {(token) => (
          <>
            <p>{t('entry.tokenMadeHelp')}</p>
            <CopyText text={token()} label={t('entry.tokensTitle')} />
          </>
        )}
      </Show>
    </Dialog>
  );
}
