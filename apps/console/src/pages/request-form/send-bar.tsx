import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { Button } from '@yunheng/ui/button';
import { api } from '../../api/client.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import type { Draft } from './use-draft.ts';

export type SendBarProps = { department: string; draft: Draft; busy: boolean; holdText: string };

/** Always in view: what submitting does, and the acts. Never disabled because of mistakes: it lists them. */
export function SendBar(props: SendBarProps): JSX.Element {
  const { t } = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const goHome = () => navigate(paths.home(props.department));
  const leave = createAct(async () => {
    await props.draft.saveNow();
    await queries.invalidateQueries({ queryKey: ['departments.home'] });
    goHome();
  });
  const discard = createAct(async () => {
    const { id, version } = props.draft.known();
    if (id !== null && version !== null) await api.requests.discardDraft.mutate({ id, version });
    props.draft.forget();
    toasts.show({ text: t('request.actDiscarded') });
    await queries.invalidateQueries();
    goHome();
  });
  return (
    <div class="send">
      <span class="grow small sub">{props.holdText}</span>
      <ActError failed={discard.failed()} />
      <Show when={props.draft.status().kind === 'saved'}>
        <Button kind="quiet" size="lg" busy={discard.busy()} onClick={() => discard.run()}>
          {t('request.formDiscard')}
        </Button>
      </Show>
      <Button size="lg" busy={leave.busy()} onClick={() => leave.run()}>
        {t('request.formLeave')}
      </Button>
      <Button kind="primary" size="lg" type="submit" busy={props.busy}>
        {t('request.formSubmit')}
      </Button>
    </div>
  );
}
