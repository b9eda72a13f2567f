import { findUser, tokensOf } from '@yunheng/db/queries/identity';
import { policy, procedureNames, type PolicyRow } from '@yunheng/domain/identity/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

const day = 24 * 60 * 60_000;
let server: TestServer;
let owner: Person;

beforeAll(async () => {
  server = await startTestServer({ province: false });
  owner = await server.signIn('rsj-applicant');
}, 30_000);

afterAll(() => server.close());

async function makeToken(scopes: readonly string[], days = 30) {
  const made = await owner.mutate('tokens.create', { name: 'ci', scopes, days });
  return made.value as { id: string; token: string };
}

const query = (token: string, procedure: string) =>
  ask(server.app, { procedure, headers: { authorization: `Bearer ${token}` } });

describe('an access token', () => {
  test('acts for its owner without a cookie and without a CSRF header', async () => {
    const { token } = await makeToken(['read']);
    expect(token).toMatch(/^yht_[\w-]{43}$/u);
    const answer = await query(token, 'auth.me');
    expect(answer.text).toContain('"username":"rsj-applicant"');
  });

  test('is stored as a digest with its last four characters', async () => {
    const { id, token } = await makeToken(['read']);
    const rows = await tokensOf(server.store, owner.userId);
    const row = rows.find((one) => one.id === id);
    expect(row?.hint).toBe(token.slice(-4));
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
  });

  test('does what its scopes name and nothing else', async () => {
    const { token } = await makeToken(['read']);
    for (const name of procedureNames) {
      const row: PolicyRow = policy[name];
      if (row.scope === 'read' || name === 'ops.queues' || name === 'requests.watch') continue;
      // Whether it reads or writes: the scope is asked before the input is looked at.
      const answers = await Promise.all(
        [false, true].map((write) =>
          ask(server.app, {
            procedure: name,
            write,
            headers: { authorization: `Bearer ${token}` },
          }),
        ),
      );
      expect(answers.map(({ error }) => error?.code)).toContain('auth.scope');
    }
  });

  test('cannot make another token', async () => {
    const { token } = await makeToken(['read', 'request', 'approve', 'access']);
    const headers = { authorization: `Bearer ${token}` };
    const input = { name: 'more', scopes: ['read'], days: 1 };
    const answer = await ask(server.app, {
      procedure: 'tokens.create',
      input,
      headers,
      write: true,
    });
    expect(answer.error?.code).toBe('auth.scope');
  });

  test('ends with its date', async () => {
    const { token } = await makeToken(['read'], 1);
    server.clock.advance(day - 1);
    expect((await query(token, 'notices.list')).status).toBe(200);
    server.clock.advance(1);
    expect((await query(token, 'notices.list')).error?.code).toBe('auth.required');
    owner = await server.signIn('rsj-applicant');
  });

  test('ends when it is revoked, and only its owner can', async () => {
    const { id, token } = await makeToken(['read']);
    const other = await server.signIn('wjw-applicant');
    expect((await other.mutate('tokens.revoke', { id })).error?.code).toBe('access.not_found');
    expect((await owner.mutate('tokens.revoke', { id })).status).toBe(200);
    expect((await query(token, 'notices.list')).error?.code).toBe('auth.required');
    expect((await owner.mutate('tokens.revoke', { id })).status).toBe(200);
  });

  test('stays revoked when its owner was disabled and is enabled again', async () => {
    const { id, token } = await makeToken(['read']);
    const admin = await server.signIn('security-admin');
    const set = async (state: 'active' | 'disabled') => {
      const user = await findUser(server.store, owner.userId);
      const input = { id: owner.userId, version: user?.version ?? 0, state };
      expect((await admin.mutate('users.setState', input)).status).toBe(200);
    };
    await set('disabled');
    const revokedAt = server.clock.real();
    expect((await query(token, 'notices.list')).error?.code).toBe('auth.required');
    await set('active');
    expect((await query(token, 'notices.list')).error?.code).toBe('auth.required');
    const row = (await tokensOf(server.store, owner.userId)).find((one) => one.id === id);
    expect(row?.revokedAt).toBe(revokedAt);

    const { auditEntries } = server.store.tables;
    const acts = (await server.store.read.select().from(auditEntries)).filter(
      ({ action, subjectId }) => action === 'users.setState' && subjectId === owner.userId,
    );
    expect(acts.map(({ detail }) => detail['state'])).toEqual(['disabled', 'active']);
    expect(acts[0]?.detail['revoked']).toBeGreaterThan(0);
    expect(acts[1]?.detail['revoked']).toBe(0);
    owner = await server.signIn('rsj-applicant');
    expect((await query((await makeToken(['read'])).token, 'notices.list')).status).toBe(200);
  });

  test('that is none is refused, and the refusal is counted for its source', async () => {
    expect((await query('yht_nonsense', 'notices.list')).error?.code).toBe('auth.required');
    server.clock.advance(60_000);
    await server.deps.refusals.flush();
    const rows = await server.store.read.select().from(server.store.tables.auditEntries);
    const counted = rows.filter(({ action }) => action === 'anonymous.refused');
    expect(counted.length).toBeGreaterThan(0);
    expect(Number(counted[0]?.detail['count'])).toBeGreaterThan(0);
  });
});
