import { findUserByUsername, grantsInForce } from '@yunheng/db/queries/identity';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Store } from '@yunheng/db/store';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { identityDeps } from '@yunheng/testkit/identity-deps';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../deps.ts';
import { createUser } from './create-user.ts';
import { initSystem } from './init-system.ts';
import { login } from './login.ts';
import { resetAdministrator } from './reset-administrator.ts';
import { setRoles } from './set-roles.ts';
import { setUserState } from './set-user-state.ts';
import { hostCall, systemCall } from './system-call.ts';
import { createToken } from './tokens.ts';
import type { IdentityDeps } from './types.ts';

let store: Store;
let deps: IdentityDeps;
const clock = drivenClock();

beforeEach(async () => {
  const ids = countedIds();
  store = await openSqlite(':memory:', { ids });
  deps = identityDeps({ store, clock, ids });
  await init();
});
afterEach(() => store.close());

async function init() {
  const done = await initSystem(deps);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

async function userOf(username: string) {
  const user = await findUserByUsername(store, username);
  if (user === null) throw new Error(`${username} is there`);
  return user;
}

async function disable(username: string) {
  const { id, version } = await userOf(username);
  await setUserState(deps, systemCall, { id, version, state: 'disabled' });
}

const rolesOf = async (username: string) => {
  const { id } = await userOf(username);
  return (await grantsInForce(store, [id], clock.business())).map(({ grant }) => grant.role);
};
const lastEntry = async () => (await store.read.select().from(store.tables.auditEntries)).at(-1);
const signIn = (username: string, password: string) =>
  login(deps, { httpRequestId: '', source: '203.0.113.1' }, { username, password });
const callOf = (userId: string): Call => ({
  ...systemCall,
  actor: { ...systemCall.actor, userId, via: 'session' },
});

describe('init on a system that has people', () => {
  test('changes nothing where each of the three roles is held, and says by whom', async () => {
    const before = await store.read.$count(store.tables.auditEntries);
    expect(await init()).toEqual({
      made: [],
      held: [
        { role: 'system_admin', usernames: ['system-admin'] },
        { role: 'security_admin', usernames: ['security-admin'] },
        { role: 'audit_admin', usernames: ['audit-admin'] },
      ],
      first: false,
    });
    expect(await store.read.$count(store.tables.auditEntries)).toBe(before);
  });

  test('makes a new person with that one duty for a role whose last holder was disabled, and for no other', async () => {
    await disable('security-admin');
    const { made, held } = await init();
    expect(made).toMatchObject([{ username: 'security-admin-2', role: 'security_admin' }]);
    expect(held.map(({ role }) => role)).toEqual(['system_admin', 'audit_admin']);
    expect(await rolesOf('security-admin-2')).toEqual(['security_admin']);
    expect(await userOf('security-admin-2')).toMatchObject({ mustChangePassword: true });
    expect((await signIn('security-admin-2', made[0]?.oneTimePassword ?? '')).ok).toBe(true);
    expect(await userOf('security-admin')).toMatchObject({ state: 'disabled' });
    expect((await init()).made).toEqual([]);
  });

  test('takes the next free name, as often as it happens', async () => {
    await disable('audit-admin');
    await init();
    await disable('audit-admin-2');
    expect((await init()).made).toMatchObject([{ username: 'audit-admin-3' }]);
  });

  test('makes one for a role that was taken from its last holder, who gets nothing back', async () => {
    const { id, version } = await userOf('system-admin');
    await setRoles(deps, systemCall, { id, version, roles: [] });
    expect((await init()).made).toMatchObject([{ username: 'system-admin-2' }]);
    expect(await rolesOf('system-admin')).toEqual([]);
  });

  test('leaves an entry that says what was made, on the host, and no password', async () => {
    await disable('system-admin');
    const { made } = await init();
    const entry = await lastEntry();
    expect(entry).toMatchObject({
      action: 'system.restoreAdministrators',
      source: 'cli',
      detail: { system_admin: 'system-admin-2' },
    });
    expect(JSON.stringify(entry)).not.toContain(made[0]?.oneTimePassword);
  });
});

describe('an administrator without password', () => {
  const reset = (username: string) => resetAdministrator(deps, { username });

  test('gets one for one use on the host; what the old one opened is ended, tokens and a lock too', async () => {
    const user = await userOf('audit-admin');
    const first = await reset('audit-admin');
    await signIn('audit-admin', first.ok ? first.value.oneTimePassword : '');
    await createToken(deps, callOf(user.id), { name: 'ci', scopes: ['read'], days: 1 });
    for (let time = 0; time < 5; time++) await signIn('audit-admin', 'wrong');
    expect((await userOf('audit-admin')).lockedUntil).not.toBeNull();

    const done = await reset('audit-admin');
    const password = done.ok ? done.value.oneTimePassword : '';
    const [session] = await store.read.select().from(store.tables.sessions);
    const [token] = await store.read.select().from(store.tables.accessTokens);
    expect(session?.endedAt).not.toBeNull();
    expect(token?.revokedAt).not.toBeNull();
    expect(await lastEntry()).toMatchObject({
      action: 'users.resetPassword',
      source: 'cli',
      subjectId: user.id,
      detail: { username: 'audit-admin', revoked: 1 },
    });
    expect((await signIn('audit-admin', password)).ok).toBe(true);
    expect(await userOf('audit-admin')).toMatchObject({ mustChangePassword: true });
    expect(await rolesOf('audit-admin')).toEqual(['audit_admin']);
  });

  test.each([
    ['somebody who is none of the three', 'operator-one'],
    ['a disabled one, for whom init makes another', 'security-admin'],
    ['nobody', 'no-such-account'],
  ])(
    'is not %s: refused, nothing changed, and the attempt is in the audit',
    async (_, username) => {
      const roles = [{ role: 'operator', departmentId: null }] as const;
      await createUser(deps, hostCall, { username: 'operator-one', displayName: '运营', roles });
      await disable('security-admin');
      const before = await findUserByUsername(store, username);
      expect(await reset(username)).toMatchObject({
        error: {
          code: 'user.no_administrator',
          params: { username, known: 'audit-admin system-admin' },
        },
      });
      expect(await findUserByUsername(store, username)).toEqual(before);
      expect(await lastEntry()).toMatchObject({ outcome: 'refused', source: 'cli' });
    },
  );
});
