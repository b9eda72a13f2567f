import { Suspense } from 'solid-js';
import { render } from 'solid-js/web';
import { Router } from '@solidjs/router';
import { QueryClientProvider } from '@tanstack/solid-query';
import { createQueries } from './api/query-client.ts';
import { SessionProvider } from './api/session.tsx';
import { StatusProvider } from './api/status.tsx';
import { reloadAfterNewBuild } from './new-build.ts';
import { routes } from './routes.tsx';
import { loadTexts } from './text/load.ts';
import { TextsProvider } from './text/texts.ts';
import '@yunheng/ui/styles/index.css';
import './console.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has lost its #root');

const texts = await loadTexts();
const queries = createQueries();
reloadAfterNewBuild();

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
