import type { RouteDefinition } from '@solidjs/router';
import { describe, expect, test } from 'vitest';
import { paths } from './path-builder.ts';
import { routes } from './routes.tsx';

const addresses: Record<string, string> = {
  start: paths.start(),
  login: paths.login(),
  loginNext: paths.login('/inbox?item=qr_1'),
  password: paths.password(),
  home: paths.home('dep_1'),
  newRequest: paths.newRequest('dep_1'),
  newRequestFor: paths.newRequest('dep_1', {
    system: 'sys_1',
    kind: 'change',
    allocation: 'alc_1',
  }),
  requests: paths.requests(),
  requestsFiltered: paths.requests({ state: 'in_review', search: '配申〔2026〕1', page: 3 }),
  requestsDefaults: paths.requests({ sort: 'updated', order: 'desc', page: 1 }),
  request: paths.request('qr_1'),
  requestLedger: paths.request('qr_1', 'ledger'),
  inbox: paths.inbox({ box: 'todo', sort: 'due', page: 1 }),
  inboxItem: paths.inbox({ box: 'done', item: 'qr_1' }),
  capacity: paths.capacity({ scope: 'all', metric: 'occupancy' }),
  capacityCell: paths.capacity({ scope: 'city', cell: '4403.x86' }),
  systems: paths.systems({ search: '就业', sort: 'cpu' }),
  system: paths.system('sys_1'),
  audit: paths.audit({ outcome: 'refused', from: '2026-11-01' }),
  users: paths.users({ role: 'head' }),
  tokens: paths.tokens(),
  notices: paths.notices(),
};

/** Patterns of the real route table, without the one that catches everything. */
function patterns(list: readonly RouteDefinition[]): string[] {
  return list.flatMap((route) => {
    const children = Array.isArray(route.children) ? route.children : [];
    const own = typeof route.path === 'string' && route.path !== '*' ? [route.path] : [];
    return children.length > 0 ? patterns(children) : own;
  });
}

const known = patterns(routes).map(
  (pattern) => new RegExp(`^${pattern.replaceAll(/:[a-z]+/gu, '[^/]+')}$`, 'u'),
);

describe('path builder', () => {
  test('every address, as it stands in the browser', () => {
    expect(addresses).toMatchInlineSnapshot(`
      {
        "audit": "/audit?from=2026-11-01&outcome=refused",
        "capacity": "/capacity",
        "capacityCell": "/capacity?cell=4403.x86&scope=city",
        "home": "/d/dep_1",
        "inbox": "/inbox",
        "inboxItem": "/inbox?box=done&item=qr_1",
        "login": "/login",
        "loginNext": "/login?next=%2Finbox%3Fitem%3Dqr_1",
        "newRequest": "/d/dep_1/requests/new",
        "newRequestFor": "/d/dep_1/requests/new?allocation=alc_1&kind=change&system=sys_1",
        "notices": "/me/notices",
        "password": "/me/password",
        "request": "/requests/qr_1",
        "requestLedger": "/requests/qr_1#ledger",
        "requests": "/requests",
        "requestsDefaults": "/requests",
        "requestsFiltered": "/requests?page=3&search=%E9%85%8D%E7%94%B3%E3%80%942026%E3%80%951&state=in_review",
        "start": "/",
        "system": "/systems/sys_1",
        "systems": "/systems?search=%E5%B0%B1%E4%B8%9A",
        "tokens": "/me/tokens",
        "users": "/admin/users?role=head",
      }
    `);
  });

  test.each(Object.entries(addresses))('%s leads to a page', (_, address) => {
    const { pathname } = new URL(address, 'http://localhost');
    expect(known.some((pattern) => pattern.test(pathname))).toBe(true);
  });

  test('the same view has one address, in whatever order it was asked for', () => {
    expect(paths.requests({ kind: 'new', state: 'failed' })).toBe(
      paths.requests({ state: 'failed', kind: 'new' }),
    );
  });
});
