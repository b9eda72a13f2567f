import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { Field } from '@yunheng/ui/field';
import { TextArea } from '@yunheng/ui/input';
import { api } from '../../api/client.ts';
import type { RequestRow } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';

export function WithdrawDialog(props: {
  request: RequestRow;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const [reason, setReason] = createSignal('');
  const number = () => props.request.number ?? '';
  const withdraw = createAct(async () => {
    await api.requests.withdraw.mutate({
      id: props.request.id,
      version: props.request.version,
      reason: reason(),
    });
    toasts.show({ text: t('request.actWithdrawn', { number: number() }) });
    props.onDone();
    props.onClose();
  });
  return (
    <Dialog
      open={props.open}
      title={t('request.actWithdrawTitle', { number: number() })}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('request.actKeep')}</Button>
          <Button kind="danger" busy={withdraw.busy()} onClick={() => withdraw.run()}>
            {t('request.actWithdraw')}
          </Button>
        </>
      }
    >
      <div class="dialog-form">
        <p>{t('request.actWithdrawHelp')}</p>
        <ActError failed={withdraw.failed()} />
        <Field label={t('request.actWithdrawReason')} optional={t('shell.optional')}>
          <TextArea
            rows={2}
            maxlength={500}
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}
