import {
  ErrorBoundary,
  Show,
  Suspense,
  createEffect,
  createSignal,
  lazy,
  onCleanup,
  onMount,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation, useNavigate } from '@solidjs/router';
import { Notice } from '@yunheng/ui/notice';
import { ToastRegion } from '@yunheng/ui/toast';
import { useSession } from '../api/session.tsx';
import { useStatus } from '../api/status.tsx';
import { Broken } from '../parts/broken.tsx';
import { paths } from '../path-builder.ts';
import { useTexts } from '../text/texts.ts';
import { toasts } from '../toasts.ts';
import { Bar } from './bar.tsx';
import { listenToKeys, useKeys } from './keyboard.ts';
import { Nav, TabBar } from './nav.tsx';
import { hrefOf } from './navigation.ts';
import type { EntryId } from './navigation.ts';
import { PreparationStrip } from './preparation-strip.tsx';
import { useReader } from './reader.ts';
import { WaitingProvider } from './waiting.tsx';

// What opens on demand is not part of the first load.
const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }));
const MeDrawer = lazy(async () => ({ default: (await import('./me-drawer.tsx')).MeDrawer }));

/** Bar, navigation and work. Only for somebody who is signed in; others are led to the door and back. */
export function Frame(props: { children?: JSX.Element }): JSX.Element {
  const session = useSession();
  const location = useLocation();
  const navigate = useNavigate();
  createEffect(() => {
    const user = session.user();
    if (user === null)
      navigate(paths.login(location.pathname + location.search), { replace: true });
    else if (user?.mustChangePassword === true && location.pathname !== paths.password())
      navigate(paths.password(), { replace: true });
  });
  return (
    <Show when={session.user()} fallback={<NoSession />}>
      <WaitingProvider>
        <SignedIn>{props.children}</SignedIn>
      </WaitingProvider>
    </Show>
  );
}

function NoSession(): JSX.Element {
  const session = useSession();
  const { t } = useTexts();
  return (
    <Show when={session.query.isError}>
      <div class="main">
        <Notice tone="bad" alert title={t('shell.networkTitle')}>
          <p>{t('shell.networkHelp')}</p>
        </Notice>
      </div>
    </Show>
  );
}

type Opened = 'palette' | 'keys' | 'me' | undefined;

function SignedIn(props: { children?: JSX.Element }): JSX.Element {
  const { t } = useTexts();
  const reader = useReader();
  const navigate = useNavigate();
  const [opened, setOpened] = createSignal<Opened>(undefined);
  const [ever, setEver] = createSignal<Opened[]>([]);
  const open = (what: Opened) => {
    setEver((all) => [...all, what]);
    setOpened(what);
  };
  const close = () => setOpened(undefined);
  const go = (id: EntryId) => () => navigate(hrefOf(id, reader()));

  onMount(() => onCleanup(listenToKeys()));
  useKeys(() => ({
    'mod+k': () => open('palette'),
    '?': () => open('keys'),
    '/': () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
    j: () => moveToRow(1),
    k: () => moveToRow(-1),
    'g h': go('home'),
    'g i': go('inbox'),
    'g c': go('capacity'),
    'g d': go('requests'),
    'g s': go('systems'),
  }));
  return (
    <>
      <a class="skip" href="#main">
        {t('shell.skip')}
      </a>
      <div class="frame">
        <Bar onSearch={() => open('palette')} onMe={() => open('me')} />
        <Nav />
        <div class="work">
          <Connection />
          <PreparationStrip />
          <main class="main" id="main" tabindex="-1">
            <ErrorBoundary fallback={(_, reset) => <Broken onLeave={reset} />}>
              <Suspense>{props.children}</Suspense>
            </ErrorBoundary>
          </main>
        </div>
      </div>
      <TabBar onMore={() => open('me')} />
      <Show when={ever().includes('palette')}>
        <CommandPalette open={opened() === 'palette'} onClose={close} />
      </Show>
      <Show when={ever().includes('keys')}>
        <KeyList open={opened() === 'keys'} onClose={close} />
      </Show>
      <Show when={ever().includes('me')}>
        <MeDrawer open={opened() === 'me'} onClose={close} />
      </Show>
      <ToastRegion toasts={toasts} />
    </>
  );
}

/** Through the rows of the table in view: the first column is the link, so Enter opens it. */
function moveToRow(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('.tbl tbody a.row')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? 0 : at + by;
  links[next]?.focus();
}

/** Without the server everything can still be read; acts say that they wait. */
function Connection(): JSX.Element {
  const { t } = useTexts();
  const status = useStatus();
  return (
    <Show when={!status.reachable()}>
      <Notice tone="warn" title={t('shell.offlineTitle')}>
        <p>{t('shell.offlineHelp')}</p>
      </Notice>
    </Show>
  );
}
