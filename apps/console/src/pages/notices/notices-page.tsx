import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { saidText } from '@yunheng/messages/error-text';
import { formatInstant } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { StateMark } from '@yunheng/ui/state-mark';
import { Time } from '@yunheng/ui/time';
import { useNotices, useReadThemselves } from '../../api/notices.ts';
import { valueOf } from '../../api/query.ts';
import type { NoticeRow } from '../../api/types.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { useKnownRequests } from './known-requests.ts';
import { standingOf, withNumber } from './notice-standing.ts';
import type { KnownRequests } from './notice-standing.ts';

export default function NoticesPage(): JSX.Element {
  const { t } = useTexts();
  const { query, unread, markRead } = useNotices();
  const known = useKnownRequests(() => valueOf(query) ?? []);
  // What has been done meanwhile asks nobody any more.
  useReadThemselves((notices) =>
    notices.filter((notice) => standingOf(notice, known()) === 'done'),
  );
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
                {(notice) => (
                  <NoticeLine
                    notice={notice}
                    known={known()}
                    onRead={() => void markRead([notice])}
                  />
                )}
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

function NoticeLine(props: {
  notice: NoticeRow;
  known: KnownRequests;
  onRead: () => void;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const text = () =>
    saidText(texts.locale, texts.dictionary, {
      area: 'notices',
      code: props.notice.code,
      params: withNumber(props.notice, props.known),
    });
  const standing = () => standingOf(props.notice, props.known);
  const isUnread = () => props.notice.readAt === null && standing() !== 'done';
  return (
    <li>
      <StateMark
        mark={standing() === 'waits' ? 'you' : isUnread() ? 'wait' : 'ok'}
        dim={!isUnread()}
      >
        {t(words[standing()])}
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
