import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Store } from '@yunheng/db/store';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Secrets } from '../ports/secrets.ts';
import { AnonymousRefusals } from './anonymous-refusals.ts';
import { initSystem } from './init-system.ts';
import { login } from './login.ts';
import { LoginTurns } from './login-turns.ts';
import type { IdentityDeps } from './types.ts';

let store: Store;
let deps: IdentityDeps;
let gate: PromiseWithResolvers<void>;
/** Passwords in the order in which they were judged. */
let judged: string[];

/** Judging takes as long as the gate is shut: what waits stays countable. */
function slowSecrets(): Secrets {
  let made = 0;
  return {
    hashPassword: async (password) => `hash of ${password}`,
    verifyPassword: async (password, hash) => {
      await gate.promise;
      judged.push(password);
      return hash === `hash of ${password}`;
    },
    newSecret: () => `secret ${++made}`,
    newPassword: () => `Password-${++made}`,
    fingerprint: (secret) => `digest of ${secret}`,
  };
}

beforeEach(async () => {
  const ids = countedIds();
  store = await openSqlite(':memory:', { ids });
  const clock = drivenClock();
  const base = { store, clock, ids, secrets: slowSecrets(), logins: new LoginTurns() };
  deps = { ...base, refusals: new AnonymousRefusals(base) };
  gate = Promise.withResolvers();
  judged = [];
});
afterEach(() => store.close());

const from = (source: string) => ({ httpRequestId: '', source });

test('while one source floods the door, somebody at another signs in, and the flood is told that it is one', async () => {
  const made = await initSystem(deps);
  const [person] = made.ok ? made.value.made : [];
  if (person === undefined) throw new Error('nobody was made');
  const flood = Array.from({ length: 500 }, (_, index) =>
    login(deps, from('198.51.100.1'), { username: `guess-${index}`, password: 'x' }),
  );
  const { username, oneTimePassword: password } = person;
  const signedIn = login(deps, from('203.0.113.9'), { username, password });
  gate.resolve();
  expect((await signedIn).ok).toBe(true);
  // Its turn came after a few, not after everybody who was there before.
  expect(judged.indexOf(password)).toBeLessThan(10);

  const codes = (await Promise.all(flood)).map((one) => (one.ok ? 'signed in' : one.error.code));
  expect(codes.filter((code) => code === 'rate.source')).toHaveLength(400);
  expect(codes.filter((code) => code === 'auth.bad_credentials')).toHaveLength(100);

  // One counted entry of each refusal, not five hundred (law S1).
  await deps.refusals.flush({ all: true });
  const entries = await store.read.select().from(store.tables.auditEntries);
  const refused = entries.filter((entry) => entry.action === 'anonymous.refused');
  expect(refused.map(({ errorCode, detail }) => [errorCode, detail['count']])).toEqual(
    expect.arrayContaining([
      ['rate.source', 400],
      ['auth.bad_credentials', 100],
    ]),
  );
});
