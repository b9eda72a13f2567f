import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatResourceCell } from '@yunheng/messages/format/resource';
import { formatShort } from '@yunheng/messages/format/time';
import { BalanceKey } from '@yunheng/ui/balance-bar';
import { LinkButton } from '@yunheng/ui/button';
import { Section } from '@yunheng/ui/facts';
import { Icon } from '@yunheng/ui/icon';
import { StateMark } from '@yunheng/ui/state-mark';
import { Trail, TrailEntry } from '@yunheng/ui/steps';
import { Time } from '@yunheng/ui/time';
import { api } from '../../api/client.ts';
import { useReadNoticesOf } from '../../api/notices.ts';
import { useProcedure } from '../../api/query.ts';
import type { RequestDetail } from '../../api/types.ts';
import { useKeys } from '../../layout/keyboard.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { DecideBar } from './decide-bar.tsx';
import { EffectTable } from './effect-table.tsx';
import { MoveLines } from './move-lines.tsx';
import type { Moves } from './move-lines.tsx';
import { useNavigate } from '@solidjs/router';

export function InboxCard(props: { id: string; onDecided: () => void }): JSX.Element {
  const navigate = useNavigate();
  const query = useProcedure({
    name: 'requests.get',
    input: () => ({ id: props.id }),
    call: (input, options) => api.requests.get.query(input, options),
    everyMilliseconds: 10_000,
  });
  useReadNoticesOf(() => props.id);
  const [moves, setMoves] = createSignal<Moves>({});
  useKeys(() => ({ Enter: () => navigate(paths.request(props.id)) }));
  return (
    <Loaded query={query}>
      {(detail) => (
        <>
          <div class="inbox-card">
            <CardHead detail={detail()} />
            <div class="stack">
              <Effect detail={detail()} />
              <MoveLines
                detail={detail()}
                moves={moves()}
                onMove={(lineId, poolId) => setMoves({ ...moves(), [lineId]: poolId })}
              />
              <div class="two-up">
                <Reason detail={detail()} />
                <Opinions detail={detail()} />
              </div>
            </div>
          </div>
          <Show when={detail().actions.decide}>
            <DecideBar
              detail={detail()}
              moves={moves()}
              onDecided={() => props.onDecided()}
              onConflict={() => void query.refetch()}
            />
          </Show>
        </>
      )}
    </Loaded>
  );
}

function CardHead(props: { detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const request = () => props.detail.request;
  /** The first line says what it is about: CPU 256 → 384 核. */
  const summary = () => {
    const line = props.detail.lines[0];
    if (line === undefined) return texts.word('requestKinds', request().kind);
    const before = formatResourceCell(line.resource, line.before);
    return `${texts.word('resources', line.resource)} ${before} → ${texts.resource(line.resource, line.amount)}`;
  };
  return (
    <>
      <p class="inbox-back">
        <LinkButton kind="quiet" href={paths.inbox()}>
          <Icon name="back" />
          {t('request.inboxBack')}
        </LinkButton>
      </p>
      <div class="head">
        <h2>
          {request().system.name} <span class="nowrap">{summary()}</span>
          <Show
            when={props.detail.actions.decide?.allowed}
            fallback={
              <RequestStateMark
                kind={request().kind}
                state={request().state}
                stepCode={request().stepCode}
                taskState={request().taskState}
              />
            }
          >
            <StateMark mark="you">{t('request.inboxWaitsYou')}</StateMark>
          </Show>
        </h2>
        <span class="acts">
          <LinkButton href={paths.request(request().id)}>{t('request.inboxOpenPaper')}</LinkButton>
        </span>
        <p class="sub">
          {texts.word('requestKinds', request().kind)}
          {'　'}
          {request().number}
          {'　'}
          {request().department.name}
          {'　'}
          {texts.word('environments', request().environment)}
          {'　'}
          {request().applicant === 'system' ? t('shell.systemActor') : request().applicant}
        </p>
      </div>
    </>
  );
}

function Effect(props: { detail: RequestDetail }): JSX.Element {
  const { t } = useTexts();
  return (
    <Section
      title={t('request.inboxEffect')}
      actions={
        <BalanceKey
          entries={[
            { mark: 'alloc', label: t('request.allocated') },
            { mark: 'held', label: t('request.held') },
            { mark: 'this', label: t('request.this') },
            { mark: 'free', label: t('request.free') },
            { mark: 'limit', label: t('request.limit') },
          ]}
        />
      }
      bare
    >
      <EffectTable lines={props.detail.lines} />
    </Section>
  );
}

function Reason(props: { detail: RequestDetail }): JSX.Element {
  const { t } = useTexts();
  const policy = () => props.detail.policy;
  return (
    <Section
      title={t('request.inboxReason')}
      note={
        <Show when={policy()}>
          {(body) => (
            <>
              {t('request.detailPolicy', {
                revision: body().revision,
                clause: body().clause,
              })}
            </>
          )}
        </Show>
      }
    >
      <p class="reason">{props.detail.reason}</p>
    </Section>
  );
}

/** What those before have said. */
function Opinions(props: { detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const decided = () => props.detail.steps.filter((step) => step.decidedAt !== null);
  return (
    <Show when={decided().length > 0}>
      <Section title={t('request.inboxBefore')} bare>
        <Trail label={t('request.inboxBefore')}>
          <For each={decided()}>
            {(step) => (
              <TrailEntry
                mark={step.state === 'approved' ? 'ok' : 'back'}
                word={texts.word('stepStates', step.state)}
                title={texts.word('stepStates', step.state)}
                who={step.decidedBy ?? undefined}
                when={
                  <Show when={step.decidedAt}>
                    {(at) => <Time at={at()}>{formatShort(at())}</Time>}
                  </Show>
                }
                opinion={step.opinion === '' ? undefined : (step.opinion ?? undefined)}
              />
            )}
          </For>
        </Trail>
      </Section>
    </Show>
  );
}
