import { grantsInForce, findUserByUsername } from '@yunheng/db/queries/identity';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Store } from '@yunheng/db/store';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { drivenClock } from '@yunheng/testkit/driven-clock';
import { identityDeps } from '@yunheng/testkit/identity-deps';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initSystem } from './init-system.ts';
import { offeredIdentities, seedDemoIdentities } from './seed-demo-identities.ts';
import type { IdentityDeps } from './types.ts';

let store: Store;
let deps: IdentityDeps;
const clock = drivenClock();

beforeEach(async () => {
  const ids = countedIds();
  store = await openSqlite(':memory:', { ids });
  deps = identityDeps({ store, clock, ids });
});

afterEach(() => store.close());

const entries = () => store.read.select().from(store.tables.auditEntries);

describe('the first start', () => {
  test('makes three administrators, each with one duty and a password for one use', async () => {
    const made = await initSystem(deps);
    if (!made.ok) throw new Error(made.error.code);
    expect(made.value.made.map(({ role }) => role)).toEqual([
      'system_admin',
      'security_admin',
      'audit_admin',
    ]);
    expect(new Set(made.value.made.map(({ oneTimePassword }) => oneTimePassword)).size).toBe(3);
    for (const { username, role, oneTimePassword } of made.value.made) {
      const user = await findUserByUsername(store, username);
      expect(user).toMatchObject({
        mustChangePassword: true,
        passwordHash: `hash of ${oneTimePassword}`,
      });
      const grants = await grantsInForce(store, [user?.id ?? ''], clock.business());
      expect(grants.map(({ grant }) => grant.role)).toEqual([role]);
    }
  });

  test('happens once, even when two start together', async () => {
    const both = await Promise.all([initSystem(deps), initSystem(deps)]);
    const made = both.map((one) => (one.ok ? one.value.made.length : null));
    expect(new Set(made)).toEqual(new Set([0, 3]));
    expect(await store.read.$count(store.tables.users)).toBe(3);
  });

  test('writes no password anywhere', async () => {
    const made = await initSystem(deps);
    if (!made.ok) throw new Error(made.error.code);
    const written = JSON.stringify(await entries());
    for (const { oneTimePassword } of made.value.made)
      expect(written).not.toContain(oneTimePassword);
  });

  test('is no start on a demo, whose people share a printed password', async () => {
    await seedDemoIdentities(deps, [
      { username: 'operator', displayName: '平台运营', role: 'operator', department: null },
    ]);
    const refused = await initSystem(deps);
    expect(refused.ok ? null : refused.error.code).toBe('system.is_demo');
  });
});

describe('the identities of the demo', () => {
  const identities = [
    { username: 'operator', displayName: '平台运营', role: 'operator', department: null },
    { username: 'auditor', displayName: '审计', role: 'auditor', department: null },
  ] as const;

  test('are offered after they were seeded, and a second start changes nothing', async () => {
    expect(await offeredIdentities(deps)).toEqual([]);
    await seedDemoIdentities(deps, identities);
    const offered = await offeredIdentities(deps);
    expect(offered.map(({ username }) => username)).toEqual(['operator', 'auditor']);
    const before = (await entries()).length;
    expect((await seedDemoIdentities(deps, identities)).ok).toBe(true);
    expect(await offeredIdentities(deps)).toEqual(offered);
    expect((await entries()).length).toBe(before);
  });

  test('never come into a system that has people', async () => {
    await initSystem(deps);
    const seeded = await seedDemoIdentities(deps, identities);
    expect(seeded.ok ? null : seeded.error.code).toBe('system.not_empty');
    expect(await offeredIdentities(deps)).toEqual([]);
  });
});

describe('refusals of people whom nobody knows', () => {
  const counted = async () =>
    (await entries())
      .filter(({ action }) => action === 'anonymous.refused')
      .map(({ source, errorCode, detail }) => ({ source, errorCode, count: detail['count'] }));

  test('become one counted entry for each source, code and minute', async () => {
    for (let time = 0; time < 100; time++) deps.refusals.count('198.51.100.7', 'auth.required');
    deps.refusals.count('198.51.100.8', 'auth.required');
    await deps.refusals.flush();
    expect(await counted()).toEqual([]);
    clock.advance(60_000);
    deps.refusals.count('198.51.100.7', 'auth.required');
    await deps.refusals.flush();
    expect(await counted()).toEqual([
      { source: '198.51.100.7', errorCode: 'auth.required', count: 100 },
      { source: '198.51.100.8', errorCode: 'auth.required', count: 1 },
    ]);
    await deps.refusals.flush({ all: true });
    expect(await counted()).toHaveLength(3);
  });

  test('cannot fill the memory from ever new sources', async () => {
    for (let source = 0; source < 6_000; source++)
      deps.refusals.count(`source-${source}`, 'auth.required');
    await deps.refusals.flush({ all: true });
    const rows = await counted();
    expect(rows.length).toBe(5_001);
    expect(rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(6_000);
  });
});
