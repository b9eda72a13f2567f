import { lazy } from 'solid-js';
import type { RouteDefinition } from '@solidjs/router';
import { Frame } from './layout/frame.tsx';
import { NowherePage } from './pages/nowhere-page.tsx';
import { StartPage } from './pages/start-page.tsx';

/** Each page is its own part of the program, loaded when it is opened. Addresses come from path-builder. */
export const routes: RouteDefinition[] = [
  { path: '/login', component: lazy(() => import('./pages/login/login-page.tsx')) },
  {
    path: '/',
    component: Frame,
    children: [
      { path: '/', component: StartPage },
      { path: '/d/:department', component: lazy(() => import('./pages/home/home-page.tsx')) },
      {
        path: '/d/:department/requests/new',
        component: lazy(() => import('./pages/request-form/request-form-page.tsx')),
      },
      { path: '/requests', component: lazy(() => import('./pages/requests/requests-page.tsx')) },
      { path: '/requests/:id', component: lazy(() => import('./pages/request/request-page.tsx')) },
      { path: '/inbox', component: lazy(() => import('./pages/inbox/inbox-page.tsx')) },
      { path: '/capacity', component: lazy(() => import('./pages/capacity/capacity-page.tsx')) },
      { path: '/systems', component: lazy(() => import('./pages/systems/systems-page.tsx')) },
      { path: '/systems/:id', component: lazy(() => import('./pages/systems/system-page.tsx')) },
      { path: '/audit', component: lazy(() => import('./pages/audit/audit-page.tsx')) },
      { path: '/admin/users', component: lazy(() => import('./pages/users/users-page.tsx')) },
      { path: '/me/tokens', component: lazy(() => import('./pages/tokens/tokens-page.tsx')) },
      { path: '/me/notices', component: lazy(() => import('./pages/notices/notices-page.tsx')) },
      { path: '/me/password', component: lazy(() => import('./pages/password/password-page.tsx')) },
      { path: '*', component: NowherePage },
    ],
  },
];
