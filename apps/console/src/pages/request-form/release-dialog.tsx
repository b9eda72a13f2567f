import type { JSX } from 'solid-js';
import { ConfirmDialog } from '@yunheng/ui/dialog';
import type { AllocationRow } from '../../api/types.ts';
import { amountsText } from '../../parts/amount.tsx';
import { useTexts } from '../../text/texts.ts';

export type ReleaseDialogProps = {
  open: boolean;
  allocation: AllocationRow;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** A release ends in deletion, so its effect is stated in numbers and the name is typed before it is even requested. */
export function ReleaseDialog(props: ReleaseDialogProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <ConfirmDialog
      open={props.open}
      title={t('request.releaseTitle', { namespace: props.allocation.namespace })}
      expected={props.allocation.namespace}
      fieldLabel={t('request.releaseField')}
      hintOf={(missing) => t('request.releaseMissing', { count: missing })}
      act={t('request.releaseAct')}
      keep={t('request.releaseKeep')}
      busy={props.busy}
      onConfirm={() => props.onConfirm()}
      onClose={() => props.onClose()}
    >
      <p>{t('request.releaseHelp')}</p>
      <p>{t('request.releaseSuspends')}</p>
      <p>
        <strong>{amountsText(texts, props.allocation.allocated)}</strong>
      </p>
    </ConfirmDialog>
  );
}
