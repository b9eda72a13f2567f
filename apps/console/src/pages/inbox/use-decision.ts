import { createSignal } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/failure.ts';
import { useStatus } from '../../api/status.tsx';
import type { RequestDetail } from '../../api/types.ts';
import { createAct } from '../../parts/act.ts';
import { issueText } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import { movesOf } from './move-lines.tsx';
import type { Moves } from './move-lines.tsx';

export type DecisionKind = 'approve' | 'return' | 'reject';

const doneTexts = {
  approve: 'request.inboxApproved',
  return: 'request.inboxReturned',
  reject: 'request.inboxRejected',
} as const;

/** Somebody was first, or the content is not the one on the screen: look again before deciding. */
const conflicts: readonly string[] = [
  'approval.already_decided',
  'approval.content_changed',
  'request.stale',
  'request.wrong_state',
];

export type DecisionOptions = {
  detail: () => RequestDetail;
  moves: () => Moves;
  onDecided: () => void;
  onConflict: () => void;
};

/** Opinion, choice and the one call that commits it. What was typed survives a conflict. */
export function useDecision(options: DecisionOptions) {
  const texts = useTexts();
  const { t } = texts;
  const status = useStatus();
  const queries = useQueryClient();
  const [opinion, setOpinion] = createSignal('');
  const [chosen, setChosen] = createSignal<DecisionKind>('approve');
  const [conflict, setConflict] = createSignal(false);
  const [tried, setTried] = createSignal(false);

  const send = async (decision: DecisionKind) => {
    const { request, digest } = options.detail();
    const moves = decision === 'approve' ? movesOf(options.moves()) : [];
    const { id, version } = request;
    const content = { id, version, digest: digest ?? '', decision, opinion: opinion().trim() };
    await api.requests.decide.mutate({ ...content, moves });
    toasts.show({ text: t(doneTexts[decision], { number: request.number ?? '' }) });
    void queries.invalidateQueries({ queryKey: ['requests.inbox'] });
    setOpinion('');
    options.onDecided();
  };
  const act = createAct(async (decision: DecisionKind) => {
    try {
      await send(decision);
    } catch (error) {
      if (conflicts.includes(failureOf(error).code)) {
        setConflict(true);
        options.onConflict();
      }
      throw error;
    }
  });
  const isUnsaid = () => chosen() !== 'approve' && opinion().trim() === '';
  return {
    opinion,
    setOpinion,
    chosen,
    setChosen,
    conflict,
    failed: act.failed,
    isBusy: (decision: DecisionKind) => act.busy() && chosen() === decision,
    isMissingOpinion: () => tried() && isUnsaid(),
    /** Why nothing can be decided now; undefined when it can. */
    reason: () => {
      if (!status.reachable()) return t('shell.offlineReason');
      const { actions, request } = options.detail();
      const closed = actions.decide?.reason;
      if (actions.decide?.allowed === true || !closed) return undefined;
      return issueText(texts, { code: closed, params: { state: request.state } });
    },
    commit: (decision: DecisionKind) => {
      setChosen(decision);
      setTried(true);
      if (!isUnsaid()) act.run(decision);
    },
    drop: () => {
      setOpinion('');
      setConflict(false);
      act.forget();
    },
  };
}

export type DecisionState = ReturnType<typeof useDecision>;
