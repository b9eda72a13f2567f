import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { formatShort } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Input } from '@yunheng/ui/input';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/failure.ts';
import { useStatus } from '../../api/status.tsx';
import type { RequestDetail } from '../../api/types.ts';
import { useKeys } from '../../layout/keyboard.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { issueText } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import { movesOf } from './move-lines.tsx';
import type { Moves } from './move-lines.tsx';

type Decision = 'approve' | 'return' | 'reject';
const doneTexts = {
  approve: 'request.inboxApproved',
  return: 'request.inboxReturned',
  reject: 'request.inboxRejected',
} as const;
const conflicts: readonly string[] = [
  'approval.already_decided',
  'approval.content_changed',
  'request.stale',
  'request.wrong_state',
];

export type DecideBarProps = {
  detail: RequestDetail;
  moves: Moves;
  onDecided: () => void;
  onConflict: () => void;
};

/** Opinion and decision. The letters choose and put the cursor into the opinion; Ctrl+Enter commits what was chosen. */
export function DecideBar(props: DecideBarProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const status = useStatus();
  const queries = useQueryClient();
  const [opinion, setOpinion] = createSignal('');
  const [chosen, setChosen] = createSignal<Decision>('approve');
  const [conflict, setConflict] = createSignal(false);
  const [unsaid, setUnsaid] = createSignal(false);
  let field: HTMLDivElement | undefined;

  const reason = () => {
    const act = props.detail.actions.decide;
    if (!status.reachable()) return t('shell.offlineReason');
    return act?.allowed === true || !act?.reason
      ? undefined
      : issueText(texts, { code: act.reason, params: { state: props.detail.request.state } });
  };
  const decide = createAct(async (decision: Decision) => {
    const { id, version, number } = props.detail.request;
    try {
      await api.requests.decide.mutate({
        id,
        version,
        digest: props.detail.digest ?? '',
        decision,
        opinion: opinion().trim(),
        moves: decision === 'approve' ? movesOf(props.moves) : [],
      });
    } catch (error) {
      if (conflicts.includes(failureOf(error).code)) {
        setConflict(true);
        props.onConflict();
      }
      throw error;
    }
    toasts.show({ text: t(doneTexts[decision], { number: number ?? '' }) });
    void queries.invalidateQueries({ queryKey: ['requests.inbox'] });
    setOpinion('');
    props.onDecided();
  });
  const commit = (decision: Decision) => {
    setChosen(decision);
    if (decision !== 'approve' && opinion().trim() === '') {
      setUnsaid(true);
      focusOpinion();
      return;
    }
    decide.run(decision);
  };
  const focusOpinion = () => field?.querySelector('input')?.focus();
  const choose = (decision: Decision) => () => {
    setChosen(decision);
    focusOpinion();
  };
  useKeys(() => ({
    a: choose('approve'),
    b: choose('return'),
    r: choose('reject'),
    'mod+enter': () => commit(chosen()),
  }));
  const holdUntil = () => {
    const ends = props.detail.lines.flatMap((line) =>
      line.hold?.state === 'live' ? [line.hold.expiresAt] : [],
    );
    return ends.length === 0 ? undefined : Math.min(...ends);
  };
  return (
    <form
      class="decide"
      aria-label={t('request.inboxOpinion')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Show when={conflict()}>
        <Notice
          title={t('request.inboxConflict')}
          actions={
            <Button
              kind="quiet"
              onClick={() => {
                setOpinion('');
                setConflict(false);
                decide.forget();
              }}
            >
              {t('request.inboxDrop')}
            </Button>
          }
        >
          <p>{t('request.inboxConflictHelp')}</p>
        </Notice>
      </Show>
      <ActError failed={decide.failed()} />
      <div ref={(element) => (field = element)}>
        <Input
          aria-label={t('request.inboxOpinion')}
          placeholder={t('request.inboxOpinionHint')}
          maxlength={1000}
          value={opinion()}
          invalid={unsaid() && opinion().trim() === ''}
          onInput={(event) => setOpinion(event.currentTarget.value)}
        />
        <Show when={unsaid() && opinion().trim() === ''}>
          <span class="err">
            {issueText(texts, { code: 'approval.opinion_required', params: {} })}
          </span>
        </Show>
      </div>
      <div class="acts">
        <Button
          size="lg"
          hotkey="B"
          busy={decide.busy() && chosen() === 'return'}
          reason={reason()}
          quietReason
          onClick={() => commit('return')}
        >
          {t('request.inboxReturn')}
        </Button>
        <Button
          size="lg"
          kind="danger"
          hotkey="R"
          busy={decide.busy() && chosen() === 'reject'}
          reason={reason()}
          quietReason
          onClick={() => commit('reject')}
        >
          {t('request.inboxReject')}
        </Button>
        <Button
          size="lg"
          kind="primary"
          hotkey="A"
          busy={decide.busy() && chosen() === 'approve'}
          reason={reason()}
          quietReason
          onClick={() => commit('approve')}
        >
          {t('request.inboxApprove')}
        </Button>
      </div>
      <p class="keys small dim">
        <span>
          <kbd>J</kbd> <kbd>K</kbd> {t('request.inboxNext')} {t('request.inboxPrevious')}
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {t('request.inboxCommit')}:{' '}
          {texts.word('decisions', chosen())}
        </span>
        <span>
          <kbd>?</kbd> {t('request.inboxAllKeys')}
        </span>
        <span>
          <Show
            when={reason()}
            fallback={
              <Show when={holdUntil()}>
                {(until) => <>{t('request.inboxHold', { until: formatShort(until()) })}</>}
              </Show>
            }
          >
            {(why) => <span class="why">{why()}</span>}
          </Show>
        </span>
      </p>
    </form>
  );
}
