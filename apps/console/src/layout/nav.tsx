import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation } from '@solidjs/router';
import { Icon } from '@yunheng/ui/icon';
import { Badge } from '@yunheng/ui/state-mark';
import { useTexts } from '../text/texts.ts';
import { entriesFor, entryOf, hrefOf } from './navigation.ts';
import type { Entry } from './navigation.ts';
import { useReader } from './reader.ts';
import { useWaiting } from './waiting.tsx';

const groups = [
  { id: 'work', label: undefined },
  { id: 'supply', label: 'shell.groupSupply' },
  { id: 'run', label: 'shell.groupRun' },
  { id: 'me', label: 'shell.groupMe' },
] as const;

export function useEntries() {
  const reader = useReader();
  const location = useLocation();
  return {
    entries: () => entriesFor(reader()),
    href: (entry: Entry) => hrefOf(entry.id, reader()),
    current: (entry: Entry) => (entryOf(location.pathname) === entry.id ? 'page' : undefined),
    label: (entry: Entry) =>
      (entry.id === 'systems' &&
      !reader().roles.some((role) => role === 'applicant' || role === 'head')
        ? 'shell.allSystems'
        : entry.label) as 'shell.home',
  };
}

export function Nav(): JSX.Element {
  const { t } = useTexts();
  const nav = useEntries();
  const waiting = useWaiting();
  return (
    <nav class="nav" aria-label={t('shell.mainNavigation')}>
      <For each={groups}>
        {(group) => {
          const inGroup = () => nav.entries().filter((entry) => entry.group === group.id);
          return (
            <Show when={inGroup().length > 0}>
              <Show when={group.label}>{(label) => <h2>{t(label())}</h2>}</Show>
              <For each={inGroup()}>
                {(entry) => (
                  <a
                    href={nav.href(entry)}
                    aria-current={nav.current(entry)}
                    title={t(nav.label(entry))}
                  >
                    <Icon name={entry.icon} />
                    {t(nav.label(entry))}
                    <Show when={waiting(entry.id)}>
                      {(count) => (
                        <span class="n">
                          {count()}
                          <span class="vh"> {t('shell.unit')}</span>
                        </span>
                      )}
                    </Show>
                  </a>
                )}
              </For>
            </Show>
          );
        }}
      </For>
    </nav>
  );
}

const tabLimit = 4;
const phoneOrder = ['work', 'run', 'supply', 'me'] as const;

/** Phones: at most five targets, the last opens everything else. */
export function TabBar(props: { onMore: () => void }): JSX.Element {
  const { t } = useTexts();
  const nav = useEntries();
  const waiting = useWaiting();
  const onPhone = () =>
    phoneOrder
      .flatMap((group) => nav.entries().filter((entry) => entry.group === group))
      .slice(0, tabLimit);
  return (
    <nav class="tabbar" aria-label={t('shell.bottomNavigation')}>
      <For each={onPhone()}>
        {(entry) => (
          <a href={nav.href(entry)} aria-current={nav.current(entry)}>
            <Icon name={entry.icon} />
            <span>{t(nav.label(entry))}</span>
            <Show when={waiting(entry.id)}>
              {(count) => <Badge count={count()} unit={t('shell.unit')} />}
            </Show>
          </a>
        )}
      </For>
      <button type="button" onClick={() => props.onMore()}>
        <Icon name="more" />
        <span>{t('shell.more')}</span>
      </button>
    </nav>
  );
}
