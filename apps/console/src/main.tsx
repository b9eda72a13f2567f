import { Suspense } from 'solid-js';
import { render } from 'solid-js/web';
import { Router } from '@solidjs/router';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { SessionProvider } from './api/session.tsx';
import { StatusProvider } from './api/status.tsx';
import { routes } from './routes.tsx';
import { loadTexts } from './text/load.ts';
import { TextsProvider } from './text/texts.ts';
import '@yunheng/ui/styles/index.css';
import './console.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has lost its #root');

// A part that a newer build has replaced is gone: the page is read again, once, with the parts of today.
window.addEventListener('vite:preloadError', (event) => {
  const lately = Number(sessionStorage.getItem('yunheng.reloadedAt') ?? 0);
  if (Date.now() - lately < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem('yunheng.reloadedAt', String(Date.now()));
  location.reload();
});

const texts = await loadTexts();
const queries = new QueryClient();

render(
  () => (
    <TextsProvider value={texts}>
      <QueryClientProvider client={queries}>
        <StatusProvider>
          <SessionProvider>
            <Router root={(props) => <Suspense>{props.children}</Suspense>}>{routes}</Router>
          </SessionProvider>
        </StatusProvider>
      </QueryClientProvider>
    </TextsProvider>
  ),
  root,
);
