import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { errorText } from '@yunheng/messages/error-text';
import { formatShort } from '@yunheng/messages/format/time';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { useSession } from '../../api/session.tsx';
import type { DepartmentHome, RequestRow } from '../../api/types.ts';
import { useOnlyInInbox, useWaiting } from '../../layout/waiting.tsx';
import { Due } from '../../parts/due.tsx';
import { paths } from '../../path-builder.ts';
import { requestStateWord } from '../../text/state-words.ts';
import { useTexts } from '../../text/texts.ts';

type Open = DepartmentHome['open'][number];

/** What waits for this person, each by its name. Nothing is said where nothing waits. */
export function TodoSection(props: { home: DepartmentHome }): JSX.Element {
  const { t } = useTexts();
  const session = useSession();
  const waiting = useWaiting();
  const only = useOnlyInInbox();
  const toDecide = () => (session.hasRole('head') ? (waiting('inbox') ?? 0) : 0);
  /** What was sent back, failed or drafted is the applicant's; a head has the inbox. */
  const open = () =>
    session.hasRole('applicant') ? props.home.open.toSorted((a, b) => rank(a) - rank(b)) : [];
  const total = () => {
    const { returned, failed, draft } = props.home.counts;
    const counted = session.hasRole('applicant') ? returned + failed + draft : 0;
    const vacating = open().filter((row) => row.state === 'approved').length;
    return toDecide() + counted + vacating;
  };
  const shown = () => open().length + toDecide();
  return (
    <Section
      title={t('request.homeTodo')}
      note={total() === 0 ? undefined : t('request.homeTodoNote', { count: total() })}
      actions={
        <Show when={total() > shown()}>
          <a href={paths.requests({ department: props.home.department.id })}>{t('shell.all')}</a>
        </Show>
      }
      bare
    >
      <ul class="todo body body-flush">
        <Show when={total() === 0}>
          <li>
            <span class="sub">{t('request.homeNothing')}</span>
          </li>
        </Show>
        <Show when={toDecide() > 0}>
          <li>
            <StateMark mark="you">{t('request.inboxWaitsYou')}</StateMark>
            <Show
              when={only()}
              fallback={
                <span class="grow inline">
                  <a href={paths.inbox()}>{t('request.homeWaiting', { count: toDecide() })}</a>
                </span>
              }
            >
              {(row) => <ToDecide row={row()} />}
            </Show>
          </li>
        </Show>
        <For each={open()}>
          {(row) => <OpenRequest row={row} departmentId={props.home.department.id} />}
        </For>
      </ul>
    </Section>
  );
}

/** The one that waits, by its number and system, with what it asks for and until when. */
function ToDecide(props: { row: RequestRow }): JSX.Element {
  const texts = useTexts();
  return (
    <>
      <span class="grow inline">
        <a href={paths.inbox({ item: props.row.id })}>
          {props.row.number}
          {'　'}
          {props.row.system.name}
        </a>
        {'　'}
        {texts.word('requestKinds', props.row.kind)}
      </span>
      <span class="small nowrap">
        <Due of={props.row} />
      </span>
    </>
  );
}

/** What has a deadline first, what nobody waits for last. */
const order: readonly Open['state'][] = ['approved', 'failed', 'returned', 'draft'];
const rank = (row: Open) => order.indexOf(row.state);

const marks: Readonly<Partial<Record<Open['state'], Mark>>> = {
  failed: 'bad',
  returned: 'back',
  draft: 'draft',
};

function OpenRequest(props: { row: Open; departmentId: string }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const isVacating = () => props.row.state === 'approved';
  const word = () =>
    isVacating()
      ? texts.word('taskStates', 'waiting_vacate')
      : requestStateWord(texts, props.row.state, props.row.kind);
  const href = () =>
    props.row.state === 'draft'
      ? paths.newRequest(props.departmentId, { from: props.row.id })
      : paths.request(props.row.id);
  const why = () => {
    if (isVacating()) return t('request.homeVacate');
    if (props.row.state === 'failed')
      return props.row.errorCode === null
        ? t('request.detailTaskFailed')
        : errorText(texts.locale, texts.dictionary, {
            code: props.row.errorCode,
            params: props.row.errorParams ?? {},
          });
    return props.row.opinion ?? undefined;
  };
  return (
    <li>
      <StateMark mark={marks[props.row.state] ?? 'warn'}>{word()}</StateMark>
      <span class="grow inline">
        <a href={href()}>
          {props.row.number ?? texts.word('requestKinds', props.row.kind)}
          {'　'}
          {props.row.system.name}
        </a>
        <Show when={why()}>{(said) => t('request.homeWhy', { said: said() })}</Show>
      </span>
      <span class="small dim nowrap">
        <Show
          when={props.row.deadlineAt}
          fallback={t('request.homeSince', { time: formatShort(props.row.updatedAt) })}
        >
          {(at) => t('request.detailDeadline', { time: formatShort(at()) })}
        </Show>
      </span>
    </li>
  );
}
