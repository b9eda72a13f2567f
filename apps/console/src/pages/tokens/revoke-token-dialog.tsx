import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import type { TokenRow } from '../../api/types.ts';
import { presentError } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';

export function RevokeTokenDialog(props: {
  token: TokenRow | undefined;
  onClose: () => void;
  onRevoked: () => void;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const revoke = async (token: TokenRow) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await api.tokens.revoke.mutate({ id: token.id });
      toasts.show({ text: t('entry.tokenRevokedDone', { name: token.name }) });
      props.onRevoked();
      props.onClose();
    } catch (error) {
      setFailure(presentError(error, texts).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.token !== undefined}
      title={t('entry.tokenRevokeTitle', { name: props.token?.name ?? '' })}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('entry.tokenKeep')}</Button>
          <Show when={props.token}>
            {(token) => (
              <Button kind="danger" busy={busy()} onClick={() => void revoke(token())}>
                {t('entry.tokenRevoke')}
              </Button>
            )}
          </Show>
        </>
      }
    >
      <Show when={failure()}>{(text) => <Notice tone="bad" alert title={text()} />}</Show>
      <p>{t('entry.tokenRevokeHelp')}</p>
    </Dialog>
  );
}
