import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatInstant } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { Icon } from '@yunheng/ui/icon';
import { api } from '../../api/client.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { useTexts } from '../../text/texts.ts';

type Made = { kubeconfig: string; expiresAt: number; namespace: string; cluster: string };

export type KubeconfigDialogProps = {
  open: boolean;
  allocationId: string;
  namespace: string;
  onClose: () => void;
};

/** Made on demand, for this person, for at most an hour; shown here and kept nowhere. */
export function KubeconfigDialog(props: KubeconfigDialogProps): JSX.Element {
  const { t } = useTexts();
  const [made, setMade] = createSignal<Made>();
  const make = createAct(async () => {
    setMade(await api.access.kubeconfig.mutate({ allocationId: props.allocationId, minutes: 60 }));
  });
  const close = () => {
    setMade(undefined);
    props.onClose();
  };
  const download = (file: Made) => {
    const url = URL.createObjectURL(new Blob([file.kubeconfig], { type: 'application/yaml' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${file.namespace}.kubeconfig.yaml`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Dialog
      open={props.open}
      title={t('request.actKubeconfigTitle', { namespace: made()?.namespace ?? props.namespace })}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('shell.close')}</Button>
          <Show
            when={made()}
            fallback={
              <Button kind="primary" busy={make.busy()} onClick={() => make.run()}>
                {t('request.actKubeconfigMake')}
              </Button>
            }
          >
            {(file) => (
              <Button kind="primary" onClick={() => download(file())}>
                <Icon name="download" />
                {t('request.actDownload')}
              </Button>
            )}
          </Show>
        </>
      }
    >
      <p>{t('request.actKubeconfigHelp')}</p>
      <ActError failed={make.failed()} />
      <Show when={made()}>
        {(file) => (
          <>
            <p class="small dim">
              {file().cluster}
              {'　'}
              {t('request.actKubeconfigUntil', { time: formatInstant(file().expiresAt) })}
            </p>
            <CopyText text={file().kubeconfig} label={t('request.actKubeconfig')} multiline />
          </>
        )}
      </Show>
    </Dialog>
  );
}
