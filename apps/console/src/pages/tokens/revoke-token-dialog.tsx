import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { api } from '../../api/client.ts';
import type { TokenRow } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';

export type RevokeTokenDialogProps = {
  token: TokenRow | undefined;
  onClose: () => void;
  onRevoked: () => void;
};

export function RevokeTokenDialog(props: RevokeTokenDialogProps): JSX.Element {
  const { t } = useTexts();
  const revoke = createAct(async (token: TokenRow) => {
    await api.tokens.revoke.mutate({ id: token.id });
    toasts.show({ text: t('entry.tokenRevokedDone', { name: token.name }) });
    props.onRevoked();
    props.onClose();
  });
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
              <Button kind="danger" busy={revoke.busy()} onClick={() => revoke.run(token())}>
                {t('entry.tokenRevoke')}
              </Button>
            )}
          </Show>
        </>
      }
    >
      <ActError failed={revoke.failed()} />
      <p>{t('entry.tokenRevokeHelp')}</p>
    </Dialog>
  );
}
