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

export function RestoreDialog(props: {
  request: RequestRow;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const [reason, setReason] = createSignal('');
  const number = () => props.request.number ?? '';
  const restore = createAct(async () => {
    await api.requests.restore.mutate({
      id: props.request.id,
      version: props.request.version,
      reason: reason(),
    });
    toasts.show({ text: t('request.actRestored', { number: number() }) });
    props.onDone();
    props.onClose();
  });
  return (
    <Dialog
      open={props.open}
      title={t('request.actRestoreTitle', { number: number() })}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('request.actRestoreKeep')}</Button>
          <Button
            kind="primary"
            busy={restore.busy()}
            reason={reason().trim() === '' ? t('request.actRestoreNeedReason') : undefined}
            onClick={() => restore.run()}
          >
            {t('request.actRestore')}
          </Button>
        </>
      }
    >
      <div class="dialog-form">
        <p>{t('request.actRestoreHelp')}</p>
        <ActError failed={restore.failed()} />
        <Field label={t('request.actRestoreReason')}>
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
