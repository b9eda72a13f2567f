import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { saidText } from '@yunheng/messages/error-text';
import { formatInstant } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { StateMark } from '@yunheng/ui/state-mark';
import { Time } from '@yunheng/ui/time';
import { isUnread, useNotices } from '../../api/notices.ts';
import type { NoticeRow } from '../../api/types.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

export default function NoticesPage(): JSX.Element {
  const { t } = useTexts();
  const { query, unread, markRead } = useNotices();
  return (
    <>
      <PageHead
        title={t('entry.noticesTitle')}
        sub={t('entry.noticesUnread', { count: unread().length })}
        actions={
          <Show when={unread().length > 0}>
            <Button onClick={() => void markRead(unread())}>{t('entry.noticesReadAll')}</Button>
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
                {(notice) => <NoticeLine notice={notice} onRead={() => void markRead([notice])} />}
              </For>
            </ul>
          </Show>
        )}
      </Loaded>
    </>
  );
}

const words = {
  waits: 'entry.noticesAct',
  done: 'entry.noticesDone',
  told: 'entry.noticesTold',
} as const;

function NoticeLine(props: { notice: NoticeRow; onRead: () => void }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const text = () =>
    saidText(texts.locale, texts.dictionary, {
      area: 'notices',
      code: props.notice.code,
      params: props.notice.params,
    });
  const waits = () => props.notice.standing === 'waits';
  const unread = () => isUnread(props.notice);
  return (
    <li>
      <StateMark mark={waits() ? 'you' : unread() ? 'wait' : 'ok'} dim={!unread()}>
        {t(words[props.notice.standing])}
      </StateMark>
      <span class="grow" classList={{ strong: unread() }}>
        <Show when={props.notice.requestId} fallback={text()}>
          {(id) => (
            <a href={paths.request(id())} onClick={() => unread() && props.onRead()}>
              {text()}
            </a>
          )}
        </Show>
      </span>
      <Time at={props.notice.createdAt}>{formatInstant(props.notice.createdAt)}</Time>
      <Show when={unread()}>
        <Button kind="quiet" onClick={() => props.onRead()}>
          {t('entry.noticesRead')}
        </Button>
      </Show>
    </li>
  );
}
