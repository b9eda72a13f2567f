import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Input } from '@yunheng/ui/input';
import { Notice } from '@yunheng/ui/notice';
import type { RequestDetail } from '../../api/types.ts';
import { useKeys } from '../../layout/keyboard.ts';
import { ActError } from '../../parts/act-error.tsx';
import { issueText } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';
import type { Moves } from './move-lines.tsx';
import { useDecision } from './use-decision.ts';
import type { DecisionKind, DecisionState } from './use-decision.ts';

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
  const decision = useDecision({
    detail: () => props.detail,
    moves: () => props.moves,
    onDecided: () => props.onDecided(),
    onConflict: () => props.onConflict(),
  });
  let field: HTMLDivElement | undefined;
  const focusOpinion = () => field?.querySelector('input')?.focus();
  const choose = (kind: DecisionKind) => () => {
    decision.setChosen(kind);
    focusOpinion();
  };
  const commit = (kind: DecisionKind) => {
    decision.commit(kind);
    if (decision.isMissingOpinion()) focusOpinion();
  };
  useKeys(() => ({
    a: choose('approve'),
    b: choose('return'),
    r: choose('reject'),
    'mod+enter': () => commit(decision.chosen()),
  }));
  return (
    <form
      class="decide"
      aria-label={t('request.inboxOpinion')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Conflict decision={decision} />
      <ActError failed={decision.failed()} />
      <div ref={(element) => (field = element)}>
        <Input
          aria-label={t('request.inboxOpinion')}
          placeholder={t('request.inboxOpinionHint')}
          maxlength={1000}
          value={decision.opinion()}
          invalid={decision.isMissingOpinion()}
          onInput={(event) => decision.setOpinion(event.currentTarget.value)}
        />
        <Show when={decision.isMissingOpinion()}>
          <span class="err">
            {issueText(texts, { code: 'approval.opinion_required', params: {} })}
          </span>
        </Show>
      </div>
      <Buttons decision={decision} onCommit={commit} />
      <Keys decision={decision} detail={props.detail} />
    </form>
  );
}

function Conflict(props: { decision: DecisionState }): JSX.Element {
  const { t } = useTexts();
  return (
    <Show when={props.decision.conflict()}>
      <Notice
        title={t('request.inboxConflict')}
        actions={
          <Button kind="quiet" onClick={() => props.decision.drop()}>
            {t('request.inboxDrop')}
          </Button>
        }
      >
        <p>{t('request.inboxConflictHelp')}</p>
      </Notice>
    </Show>
  );
}

const buttons = [
  { decision: 'return', key: 'B', kind: undefined, label: 'request.inboxReturn' },
  { decision: 'reject', key: 'R', kind: 'danger', label: 'request.inboxReject' },
  { decision: 'approve', key: 'A', kind: 'primary', label: 'request.inboxApprove' },
] as const;

function Buttons(props: {
  decision: DecisionState;
  onCommit: (decision: DecisionKind) => void;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <div class="acts">
      <For each={buttons}>
        {(button) => (
          <Button
            size="lg"
            kind={button.kind}
            hotkey={button.key}
            busy={props.decision.isBusy(button.decision)}
            reason={props.decision.reason()}
            quietReason
            onClick={() => props.onCommit(button.decision)}
          >
            {t(button.label)}
          </Button>
        )}
      </For>
    </div>
  );
}

/** The keys, and at the right either why nothing can be decided or until when the amounts are held. */
function Keys(props: { decision: DecisionState; detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const heldUntil = () => {
    const ends = props.detail.lines.flatMap((line) =>
      line.hold?.state === 'live' ? [line.hold.expiresAt] : [],
    );
    return ends.length === 0 ? undefined : Math.min(...ends);
  };
  return (
    <p class="keys small dim">
      <span>
        <kbd>J</kbd> <kbd>K</kbd> {t('request.inboxNext')} {t('request.inboxPrevious')}
      </span>
      <span>
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> {t('request.inboxCommit')}:{' '}
        {texts.word('decisions', props.decision.chosen())}
      </span>
      <span>
        <kbd>?</kbd> {t('request.inboxAllKeys')}
      </span>
      <span>
        <Show
          when={props.decision.reason()}
          fallback={
            <Show when={heldUntil()}>
              {(until) => <>{t('request.inboxHold', { until: formatShort(until()) })}</>}
            </Show>
          }
        >
          {(why) => <span class="why">{why()}</span>}
        </Show>
      </span>
    </p>
  );
}
