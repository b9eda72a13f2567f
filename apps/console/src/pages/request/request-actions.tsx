import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { Button, LinkButton } from '@yunheng/ui/button';
import { api } from '../../api/client.ts';
import type { RequestDetail } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { paths } from '../../path-builder.ts';
import { issueText } from '../../present-error.ts';
import { requestStateWord } from '../../text/state-words.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import { KubeconfigDialog } from './kubeconfig-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type ActionName = keyof RequestDetail['actions'];

const neverHere: readonly string[] = [
  'access.forbidden',
  'access.not_found',
  'request.wrong_state',
  'auth.required',
];

/** What this reader may do now. What their role never does is absent; what waits is there with its reason. */
export function RequestActions(props: { detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const queries = useQueryClient();
  const [withdrawing, setWithdrawing] = createSignal(false);
  const [restoring, setRestoring] = createSignal(false);
  const [fetching, setFetching] = createSignal(false);
  const action = (name: ActionName) => props.detail.actions[name];
  /** Not theirs by role, or no act of this state: absent. Closed for the moment: there, with its reason beside it. */
  const isOffered = (name: ActionName) =>
    action(name)?.allowed === true ||
    !neverHere.includes(action(name)?.reason ?? 'access.forbidden');
  const state = () => {
    const { state: code, kind } = props.detail.request;
    return requestStateWord(texts, code, kind);
  };
  const reason = (name: ActionName) => {
    const closed = action(name)?.reason;
    return action(name)?.allowed === true || !closed
      ? undefined
      : issueText(texts, { code: closed, params: { state: state() } });
  };
  const refresh = () => queries.invalidateQueries({ queryKey: ['requests.get'] });
  const retry = createAct(async () => {
    const { id, version, number } = props.detail.request;
    await api.requests.retry.mutate({ id, version });
    toasts.show({ text: t('request.actRetried', { number: number ?? '' }) });
    await refresh();
  });
  const editHref = () =>
    paths.newRequest(props.detail.request.department.id, { from: props.detail.request.id });
  return (
    <>
      <Show when={action('edit')?.allowed}>
        <LinkButton kind="primary" href={editHref()}>
          {props.detail.request.state === 'returned'
            ? t('request.actResubmit')
            : t('request.actEdit')}
        </LinkButton>
      </Show>
      <Show when={action('decide')?.allowed}>
        <LinkButton kind="primary" href={paths.inbox({ item: props.detail.request.id })}>
          {t('request.inboxWaitsYou')}
        </LinkButton>
      </Show>
      <Show when={isOffered('withdraw')}>
        <Button reason={reason('withdraw')} onClick={() => setWithdrawing(true)}>
          {t('request.actWithdraw')}
        </Button>
      </Show>
      <Show when={isOffered('retry')}>
        <Button
          kind="primary"
          busy={retry.busy()}
          reason={reason('retry')}
          onClick={() => retry.run()}
        >
          {t('request.actRetry')}
        </Button>
      </Show>
      <Show when={isOffered('restore')}>
        <Button reason={reason('restore')} onClick={() => setRestoring(true)}>
          {t('request.actRestore')}
        </Button>
      </Show>
      <Show when={action('kubeconfig')?.allowed && props.detail.allocationId}>
        <Button onClick={() => setFetching(true)}>{t('request.actKubeconfig')}</Button>
      </Show>
      <ActError failed={retry.failed()} />
      <WithdrawDialog
        request={props.detail.request}
        open={withdrawing()}
        onClose={() => setWithdrawing(false)}
        onDone={() => void refresh()}
      />
      <RestoreDialog
        request={props.detail.request}
        open={restoring()}
        onClose={() => setRestoring(false)}
        onDone={() => void refresh()}
      />
      <Show when={props.detail.allocationId}>
        {(allocationId) => (
          <KubeconfigDialog
            open={fetching()}
            allocationId={allocationId()}
            namespace={props.detail.tasks.at(-1)?.namespace ?? ''}
            onClose={() => setFetching(false)}
          />
        )}
      </Show>
    </>
  );
}
