import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Tabs } from '@yunheng/ui/choice';
import { Empty } from '@yunheng/ui/empty';
import type { Query } from '../../api/query.ts';
import { valueOf } from '../../api/query.ts';
import { useStatus } from '../../api/status.tsx';
import type { RequestRow } from '../../api/types.ts';
import { AmountList } from '../../parts/amount.tsx';
import { Due } from '../../parts/due.tsx';
import { urgencyOf } from '../../parts/deadline.ts';
import type { Urgency } from '../../parts/deadline.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFoot } from '../../parts/page-foot.tsx';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { useInboxQuery } from './inbox-query.ts';

type Page = { rows: RequestRow[]; total: number; page: number; size: number };

export function InboxList(props: { query: Query<Page> }): JSX.Element {
  const { t } = useTexts();
  const url = useInboxQuery();
  const isTodo = () => url.query().box === 'todo';
  return (
    <>
      <Tabs
        class="boxes"
        label={t('request.inboxTitle')}
        tabs={[
          {
            href: paths.inbox(),
            label: t('request.inboxTodo'),
            current: isTodo(),
            count: isTodo() ? valueOf(props.query)?.total : undefined,
          },
          { href: paths.inbox({ box: 'done' }), label: t('request.inboxDone'), current: !isTodo() },
        ]}
      />
      <Loaded query={props.query}>
        {(page) => (
          <Show when={page().rows.length > 0} fallback={<Nothing todo={isTodo()} />}>
            <Show when={isTodo()} fallback={<Rows rows={page().rows} />}>
              <Groups rows={page().rows} />
            </Show>
            <Show when={page().total > page().size}>
              <PageFoot
                total={page().total}
                page={page().page}
                size={page().size}
                hrefOf={(next) => url.href({ page: next, item: undefined })}
              />
            </Show>
          </Show>
        )}
      </Loaded>
    </>
  );
}

function Nothing(props: { todo: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <Show
      when={props.todo}
      fallback={<Empty title={t('request.inboxDoneNone')}>{t('request.inboxDoneNoneHelp')}</Empty>}
    >
      <Empty title={t('request.inboxNone')}>{t('request.inboxNoneHelp')}</Empty>
    </Show>
  );
}

/** Overdue first, then what is due soon: the order in which a morning is worked. */
function Groups(props: { rows: readonly RequestRow[] }): JSX.Element {
  const { t } = useTexts();
  const status = useStatus();
  const groups = () => {
    const of = (urgency: Urgency) =>
      props.rows.filter((row) => urgencyOf(row, status.now()) === urgency);
    return [
      { label: t('request.inboxLate'), rows: of('late') },
      { label: t('request.inboxSoon'), rows: of('soon') },
      { label: t('request.inboxLater'), rows: of('later') },
      { label: t('request.inboxNoDue'), rows: of('none') },
    ].filter((group) => group.rows.length > 0);
  };
  return (
    <For each={groups()}>
      {(group) => (
        <>
          <h2 class="due">
            {group.label}
            {'　'}
            {group.rows.length}
          </h2>
          <Rows rows={group.rows} />
        </>
      )}
    </For>
  );
}

function Rows(props: { rows: readonly RequestRow[] }): JSX.Element {
  const texts = useTexts();
  const url = useInboxQuery();
  return (
    <ul>
      <For each={props.rows}>
        {(row) => (
          <li>
            <a
              href={url.href({ item: row.id })}
              aria-current={url.query().item === row.id ? 'true' : undefined}
            >
              <b>{row.department.name}</b>
              <span class="r">{texts.word('requestKinds', row.kind)}</span>
              <span class="wide">
                <AmountList amounts={row.amounts} />
                {'　'}
                <span class="dim nowrap">{texts.names(row.cloudNodes)}</span>
              </span>
              <span class="wide foot-line">
                <span class="small n">{row.number}</span>
                <span class="r">
                  <Show
                    when={url.query().box === 'todo'}
                    fallback={
                      <RequestStateMark
                        kind={row.kind}
                        state={row.state}
                        stepCode={row.stepCode}
                        taskState={row.taskState}
                      />
                    }
                  >
                    <Due of={row} />
                  </Show>
                </span>
              </span>
            </a>
          </li>
        )}
      </For>
    </ul>
  );
}
