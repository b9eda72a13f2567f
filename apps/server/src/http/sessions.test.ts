import { setUserState } from '@yunheng/application/identity/set-user-state';
import { findUserByUsername, openSessionsOf } from '@yunheng/db/queries/identity';
import { systemCall } from '@yunheng/application/identity/system-call';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startTestServer, type Person, type TestServer } from '../testing/test-server.ts';

const minute = 60_000;
let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ province: false });
}, 30_000);

afterEach(() => server.close());

const tryPassword = (username: string, password: string) =>
  ask(server.app, { procedure: 'auth.login', input: { username, password }, write: true });

const signedInAs = async (person: Person) => {
  const { value } = await person.query('auth.me');
  return (value as { user: { username: string } | null }).user?.username ?? null;
};

describe('signing in', () => {
  test('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await tryPassword('operator', server.password);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-yunheng=[\w-]{43}; /u);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    expect(answer.text).not.toContain(cookie.slice('__Host-yunheng='.length, 40));
  });

  test('keeps no secret in the database that would open a session', async () => {
    const person = await server.signIn('operator');
    const secret = person.cookie.split('=')[1] ?? '';
    const [session] = await openSessionsOf(server.store, person.userId);
    expect(session?.secretHash).toHaveLength(64);
    expect(JSON.stringify(session)).not.toContain(secret);
  });

  test('takes the name in any case', async () => {
    const answer = await tryPassword('OPERATOR', server.password);
    expect(answer.status).toBe(200);
  });

  test('answers a wrong password and an unknown name alike', async () => {
    const wrong = await tryPassword('operator', 'wrong');
    const unknown = await tryPassword('nobody-here', 'wrong');
    const without = ({ text, error }: typeof wrong) => text.replace(error?.requestId ?? '', '');
    expect(without(unknown)).toBe(without(wrong));
    expect(unknown.status).toBe(401);
  });

  test.each(['operator', 'nobody-here'])(
    'locks %s after five failures, and opens after a quarter of an hour',
    async (name) => {
      for (let failure = 0; failure < 5; failure++) {
        expect((await tryPassword(name, 'wrong')).error?.code).toBe('auth.bad_credentials');
      }
      expect((await tryPassword(name, server.password)).error?.code).toBe('auth.locked');
      server.clock.advance(15 * minute);
      const after = await tryPassword(name, server.password);
      expect(after.error?.code ?? 'signed in').toBe(
        name === 'operator' ? 'signed in' : 'auth.bad_credentials',
      );
    },
  );

  test('counts failures of one window only', async () => {
    for (let failure = 0; failure < 4; failure++) await tryPassword('operator', 'wrong');
    server.clock.advance(15 * minute);
    expect((await tryPassword('operator', 'wrong')).error?.code).toBe('auth.bad_credentials');
    expect((await tryPassword('operator', server.password)).status).toBe(200);
  });

  test('judges at most five of a hundred guesses that arrive together', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 100 }, (_, index) => tryPassword('operator', `guess-${index}`)),
    );
    const codes = guesses.map(({ error }) => error?.code);
    expect(codes.filter((code) => code === 'auth.bad_credentials')).toHaveLength(5);
    expect(codes.every((code) => code !== undefined)).toBe(true);
  }, 20_000);
});

describe('a session', () => {
  test.each([
    ['operator', 30],
    ['security-admin', 15],
  ])('of %s ends after %i idle minutes', async (username, idle) => {
    const person = await server.signIn(username);
    server.clock.advance(idle * minute - 1);
    expect(await signedInAs(person)).toBe(username);
    server.clock.advance(idle * minute);
    expect(await signedInAs(person)).toBeNull();
    expect((await person.query('notices.list')).error?.code).toBe('auth.session_expired');
  });

  test('ends after twelve hours, however busy', async () => {
    const person = await server.signIn('operator');
    for (let quarter = 0; quarter < 12 * 4 - 1; quarter++) {
      server.clock.advance(15 * minute);
      expect((await person.query('notices.list')).status).toBe(200);
    }
    server.clock.advance(15 * minute);
    expect((await person.query('notices.list')).error?.code).toBe('auth.session_expired');
  });

  test('leaves no audit entry for being open', async () => {
    const person = await server.signIn('operator');
    const entries = () => server.store.read.$count(server.store.tables.auditEntries);
    const before = await entries();
    for (let minutes = 0; minutes < 20; minutes++) {
      server.clock.advance(minute);
      expect((await person.query('notices.list')).status).toBe(200);
    }
    expect(await entries()).toBe(before);
  });

  test('ends when its person signs out', async () => {
    const person = await server.signIn('operator');
    const out = await person.mutate('auth.logout');
    expect(String(out.headers['set-cookie'])).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/u);
    expect(await signedInAs(person)).toBeNull();
  });

  test('of an administrator ends when the same administrator signs in elsewhere', async () => {
    const before = await server.signIn('security-admin');
    const after = await server.signIn('security-admin');
    expect(await signedInAs(before)).toBeNull();
    expect(await signedInAs(after)).toBe('security-admin');
  });

  test('ends at once when its person is disabled', async () => {
    const person = await server.signIn('operator');
    const user = await findUserByUsername(server.store, 'operator');
    if (user === null) throw new Error('no user');
    const { id, version } = user;
    const done = await setUserState(server.deps, systemCall, { id, version, state: 'disabled' });
    expect(done.ok).toBe(true);
    expect(await signedInAs(person)).toBeNull();
    expect((await tryPassword('operator', server.password)).error?.code).toBe(
      'auth.bad_credentials',
    );
  });
});

describe('changing the password', () => {
  const fresh = 'Correct-Horse-7-Battery';

  test('ends every other session and keeps this one', async () => {
    const here = await server.signIn('operator');
    const there = await server.signIn('operator');
    const done = await here.mutate('auth.changePassword', {
      current: server.password,
      next: fresh,
    });
    expect(done.status).toBe(200);
    expect(await signedInAs(here)).toBe('operator');
    expect(await signedInAs(there)).toBeNull();
    expect((await tryPassword('operator', server.password)).status).toBe(401);
    expect((await tryPassword('operator', fresh)).status).toBe(200);
  });

  test('names everything that is wrong with the new one at once', async () => {
    const person = await server.signIn('operator');
    const answer = await person.mutate('auth.changePassword', {
      current: server.password,
      next: 'operator',
    });
    const { issues } = answer.error as unknown as { issues: { code: string }[] };
    expect(issues.map(({ code }) => code)).toEqual([
      'auth.password_short',
      'auth.password_plain',
      'auth.password_name',
    ]);
  });

  test('refuses the last five, and a wrong current one', async () => {
    const person = await server.signIn('operator');
    const same = { current: server.password, next: server.password };
    expect((await person.mutate('auth.changePassword', same)).text).toContain('auth.password_used');
    const wrong = { current: 'wrong', next: fresh };
    expect((await person.mutate('auth.changePassword', wrong)).error?.code).toBe(
      'auth.bad_credentials',
    );
  });

  test('lets nobody guess the current one from an open screen', async () => {
    const operator = await server.signIn('operator');
    const guess = { current: 'not the password', next: 'Another-Long-1' };
    for (let failures = 0; failures < 5; failures++) {
      expect((await operator.mutate('auth.changePassword', guess)).error?.code).toBe(
        'auth.bad_credentials',
      );
    }
    const right = { current: server.password, next: 'Another-Long-1' };
    expect((await operator.mutate('auth.changePassword', right)).error?.code).toBe('auth.locked');
  });

  test('comes before everything else for a one-time password', async () => {
    const admin = await server.signIn('security-admin');
    const roles = [{ role: 'finance', departmentId: null }];
    const made = await admin.mutate('users.create', {
      username: 'finance-two',
      displayName: '财务二',
      roles,
    });
    const { oneTimePassword } = made.value as { oneTimePassword: string };
    const person = await server.signIn('finance-two', oneTimePassword);
    expect((await person.query('estate.capacity')).error?.code).toBe(
      'auth.password_change_required',
    );
    await person.mutate('auth.changePassword', { current: oneTimePassword, next: fresh });
    expect((await person.query('estate.capacity')).status).toBe(200);
    server.clock.advance(91 * 24 * 60 * minute);
    const later = await server.signIn('finance-two', fresh);
    expect((await later.query('estate.capacity')).error?.code).toBe(
      'auth.password_change_required',
    );
  });
});
