import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatClock } from '@yunheng/messages/format/time';
import { formatSpan } from '@yunheng/messages/format/time';
import { BrandMark, Icon } from '@yunheng/ui/icon';
import { DataAge } from '@yunheng/ui/time';
import { useStatus } from '../api/status.tsx';
import { useUser } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { writePreference } from '../preferences.ts';
import { useTexts } from '../text/texts.ts';
import { pageAt } from './data-age.ts';
import { ScopeSwitcher } from './scope-switcher.tsx';

const staleMilliseconds = 120_000;

export function Bar(props: { onSearch: () => void; onMe: () => void }): JSX.Element {
  const { t } = useTexts();
  const user = useUser();
  return (
    <header class="bar">
      <a class="brand" href={paths.start()} aria-label={`${t('shell.product')} ${t('shell.home')}`}>
        <BrandMark />
        <span class="wide">{t('shell.product')}</span>
      </a>
      <ScopeSwitcher />
      <span class="grow" />
      <button
        class="bar-btn bar-search"
        type="button"
        aria-label={t('shell.searchLong')}
        onClick={() => props.onSearch()}
      >
        <Icon name="search" />
        <span>{t('shell.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Age />
      <LanguageSwitch />
      <button
        class="bar-btn bar-me"
        type="button"
        aria-haspopup="dialog"
        aria-label={`${t('shell.me')}: ${user().displayName}`}
        onClick={() => props.onMe()}
      >
        <Icon name="person" />
        <span class="wide">{user().displayName}</span>
      </button>
    </header>
  );
}

function Age(): JSX.Element {
  const texts = useTexts();
  const status = useStatus();
  const text = (at: number) => {
    const age = status.now() - at;
    const time = formatClock(at);
    return age > staleMilliseconds
      ? texts.t('shell.asOfStale', { time, span: formatSpan(age, texts.locale) })
      : texts.t('shell.asOf', { time });
  };
  return (
    <Show when={pageAt()}>
      {(at) => (
        <span class="bar-btn wide">
          <Icon name="clock" />
          <DataAge text={text(at())} stale={status.now() - at() > staleMilliseconds} />
        </span>
      )}
    </Show>
  );
}

/** The page is read again in the other language: one is loaded, never both. */
export function switchLanguage(to: 'zh-CN' | 'en'): void {
  writePreference('locale', to);
  location.reload();
}

function LanguageSwitch(): JSX.Element {
  const texts = useTexts();
  const other = () => (texts.locale === 'zh-CN' ? 'en' : 'zh-CN');
  return (
    <button
      class="bar-btn wide"
      type="button"
      lang={other()}
      onClick={() => switchLanguage(other())}
    >
      {texts.t('shell.language')}
    </button>
  );
}
