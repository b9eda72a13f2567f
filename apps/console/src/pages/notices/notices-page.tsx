import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { saidText } from '@yunheng/messages/error-text';
import { formatInstant } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { StateMark } from '@yunheng/ui/state-mark';
import { Time } from '@yunheng/ui/time';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { NoticeRow } from '../../api/types.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

const mostAtOnce = 200;

export default function NoticesPage(): JSX.Element {
  const { t } = useTexts();
  const queries = useQueryClient();
  const query = useProcedure({
    name: 'notices.list',
    input: () => ({}),
    call: (input, options) => api.notices.list.query(input, options),
    everyMilliseconds: 15_000,
  });
  const unread = () => (valueOf(query) ?? []).filter((notice) => notice.readAt === null);
  const markRead = async (ids: string[]) => {
    await api.notices.markRead.mutate({ ids });
    await queries.invalidateQueries({ queryKey: ['notices.list'] });
  };
  return (
    <>
      <PageHead
        title={t('entry.noticesTitle')}
        sub={t('entry.noticesUnread', { count: unread().length })}
        actions={
          <Show when={unread().length > 0}>
            <Button
              onClick={() =>
                void markRead(
                  unread()
                    .map((notice) => notice.id)
                    .slice(0, mostAtOnce),
                )
              }
            >
              {t('entry.noticesReadAll')}
            </Button>
          </Show>
        }
      />
      <Loaded query={query}>
        {(rows) => (
          <Show
            when={rows().length > 0}
            fallback={<Empty title={t('entry.noticesNone')}>{t('entry.noticesNoneHelp')}</Empty>}
          >
            <ul class="plain-list">
              <For each={rows()}>
                {(notice) => (
                  <NoticeLine notice={notice} onRead={() => void markRead([notice.id])} />
                )}
              </For>
            </ul>
          </Show>
        )}
      </Loaded>
    </>
  );
}

function NoticeLine(props: { notice: NoticeRow; onRead: () => void }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const text = () =>
    saidText(texts.locale, texts.dictionary, {
      area: 'notices',
      code: props.notice.code,
      params: props.notice.params,
    });
  const isUnread = () => props.notice.readAt === null;
  return (
    <li>
      <StateMark
        mark={props.notice.kind === 'act' ? 'you' : isUnread() ? 'wait' : 'ok'}
        dim={!isUnread()}
      >
        {props.notice.kind === 'act' ? t('entry.noticesAct') : t('entry.noticesTold')}
      </StateMark>
      <span class="grow" classList={{ strong: isUnread() }}>
        <Show when={props.notice.requestId} fallback={text()}>
          {(id) => (
            <a href={paths.request(id())} onClick={() => isUnread() && props.onRead()}>
              {text()}
            </a>
          )}
        </Show>
      </span>
      <Time at={props.notice.createdAt}>{formatInstant(props.notice.createdAt)}</Time>
      <Show when={isUnread()}>
        <Button kind="quiet" onClick={() => props.onRead()}>
          {t('entry.noticesRead')}
        </Button>
      </Show>
    </li>
  );
}
