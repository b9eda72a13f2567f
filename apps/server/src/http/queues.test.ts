import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ province: false });
}, 30_000);
afterAll(() => server.close());

const board = (cookie: string, method: 'GET' | 'PUT' = 'GET') =>
  server.app.inject({
    method,
    url: method === 'GET' ? '/ops/queues/api/queues' : '/ops/queues/api/queues/provision/pause',
    headers: { host: 'localhost', cookie },
  });

const refusalsOf = async (userId: string) => {
  const rows = await server.store.read.select().from(server.store.tables.auditEntries);
  return rows.filter((row) => row.actorId === userId && row.outcome === 'refused');
};

test('shows the queues to an operator and to nobody else', async () => {
  const operator = await server.signIn('operator');
  expect((await board(operator.cookie)).statusCode).toBe(200);
  expect((await board('')).statusCode).toBe(401);
});

test('leaves an audit entry when a known person is refused', async () => {
  const finance = await server.signIn('finance');
  expect((await board(finance.cookie)).statusCode).toBe(403);
  expect(await refusalsOf(finance.userId)).toMatchObject([
    { action: 'ops.queues', errorCode: 'access.forbidden' },
  ]);
});

test('lets an operator change nothing, and writes down the attempt', async () => {
  const { cookie, userId } = await server.signIn('operator');
  expect((await board(cookie, 'PUT')).statusCode).toBe(403);
  expect(await refusalsOf(userId)).toMatchObject([{ action: 'ops.queues' }]);
});

test('stays closed to a password that somebody else has seen', async () => {
  const administrator = await server.signIn('security-admin');
  const made = await administrator.mutate('users.create', {
    username: 'night-shift',
    displayName: '夜班',
    roles: [{ role: 'operator', departmentId: null }],
  });
  const { oneTimePassword } = made.value as { oneTimePassword: string }; // output of users.create
  const { cookie } = await server.signIn('night-shift', oneTimePassword);
  const answer = await board(cookie);
  expect(answer.statusCode).toBe(403);
  expect(answer.json()).toMatchObject({ code: 'auth.password_change_required' });
});
