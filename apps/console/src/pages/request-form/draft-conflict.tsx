import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';
import type { Form } from './create-form.ts';
import { fromContent } from './form-model.ts';
import type { Draft } from './use-draft.ts';

/** Two editors of one draft: neither overwrites the other, both texts are still there to choose from. */
export function DraftConflict(props: { form: Form; draft: Draft }): JSX.Element {
  const { t } = useTexts();
  const loadLatest = createAct(async () => {
    const { id } = props.draft.known();
    if (id === null) return;
    const latest = await api.requests.get.query({ id });
    const { version, updatedAt } = latest.request;
    props.draft.forget();
    props.draft.adopt({ id, version, savedAt: updatedAt });
    props.form.load(fromContent(latest.content, props.form.nextKey));
  });
  return (
    <Show when={props.draft.status().kind === 'conflict'}>
      <Notice
        tone="warn"
        title={t('request.formConflict')}
        actions={
          <>
            <Button busy={loadLatest.busy()} onClick={() => loadLatest.run()}>
              {t('request.formLoadLatest')}
            </Button>
            <Button kind="quiet" onClick={() => void props.draft.saveAsNew()}>
              {t('request.formKeepMine')}
            </Button>
          </>
        }
      >
        <p>{t('request.formConflictHelp')}</p>
        <ActError failed={loadLatest.failed()} />
      </Notice>
    </Show>
  );
}
