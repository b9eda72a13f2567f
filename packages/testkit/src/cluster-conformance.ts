import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type {
  AccessGrant,
  AccessToken,
  Cluster,
  NamespaceTarget,
  NamespaceView,
} from '@yunheng/domain/provisioning/cluster';
import { inForce } from '@yunheng/domain/provisioning/projection';
import { AdapterError } from '@yunheng/kernel/errors';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A cluster under test, and what a person with other rights can do to it. */
export interface ConformanceWorld {
  readonly cluster: Cluster;
  /** Code of a pool that has workers. */
  readonly pool: string;
  /** A worker of another pool than `pool`. */
  createForeign(namespace: string): Promise<{ readonly uid: string }>;
  removeForeign(namespace: string): Promise<void>;
  /** One pod that asks for so much, as a tenant would start it. */
  runPod(namespace: string, requests: ResourceAmounts): Promise<void>;
  /** Whether the API knows the bearer of the token: false is its 401. */
  admits(access: AccessToken): Promise<boolean>;
  close(): Promise<void>;
}

const readyMs = 30_000;
const hard: ResourceAmounts = { cpu: 4000, memory: 8192, storage: 10_240 };

/** The promises of the Cluster interface: the fake and the real apiserver pass the same suite. */
export function clusterConformance(title: string, open: () => Promise<ConformanceWorld>): void {
  describe(title, () => {
    let world: ConformanceWorld;
    let cluster: Cluster;
    const made = new Map<string, string>();
    const run = Math.random().toString(36).slice(2, 8);
    let count = 0;

    beforeAll(async () => {
      world = await open();
      cluster = world.cluster;
    });
    afterAll(async () => {
      for (const [namespace, uid] of made) await cluster.deleteNamespace(namespace, uid);
      await world.close();
    });

    const newTarget = (over: Partial<NamespaceTarget> = {}): NamespaceTarget => {
      const suffix = `${run}${++count}`;
      return {
        namespace: `yh-cf-${suffix}`,
        allocationId: `alc_${suffix}`,
        tenantId: `ten_${suffix}`,
        systemId: `sys_${suffix}`,
        pool: world.pool,
        hard,
        generation: 1,
        ...over,
      };
    };
    const openNamespace = async (target: NamespaceTarget): Promise<string> => {
      const { uid } = await cluster.apply('namespace', target, null);
      made.set(target.namespace, uid);
      for (const step of ['isolation', 'limits', 'quota'] as const)
        await cluster.apply(step, target, { uid });
      expect(await cluster.awaitReady({ target, uid }, readyMs)).not.toBeNull();
      await cluster.apply('access', target, { uid });
      return uid;
    };
    const observed = async (namespace: string): Promise<NamespaceView> => {
      const view = await cluster.observe(namespace);
      if (view === null) throw new Error(`no namespace ${namespace}`);
      return view;
    };
    const codeOf = async (act: Promise<unknown>): Promise<string> => {
      const error = await act.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      return error instanceof AdapterError ? error.code : `not an AdapterError: ${String(error)}`;
    };

    test('a cluster is recognised by a UID that does not change', async () => {
      const first = await cluster.identify();
      expect(first).toEqual(await cluster.identify());
      expect(first.uid).not.toBe('');
      expect(first.version).toMatch(/^v1\.\d+/);
    });

    test('capacity is read by pool from the workers', async () => {
      const reading = (await cluster.readPools()).find((pool) => pool.pool === world.pool);
      expect(reading?.workers).toBeGreaterThan(0);
      expect(reading?.allocatable.cpu).toBeGreaterThan(0);
      expect(Number.isSafeInteger(reading?.allocatable.memory)).toBe(true);
    });

    test('absence is an answer', async () => {
      expect(await cluster.observe(`yh-absent-${run}`)).toBeNull();
    });

    test('the steps of P3 leave a namespace that shows exactly what was wanted', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      const view = await observed(target.namespace);
      expect(view).toMatchObject({
        uid,
        phase: 'active',
        managed: true,
        allocationId: target.allocationId,
        pool: target.pool,
        generation: 1,
        podSecurity: true,
        isolated: true,
        limited: true,
        defaultAccount: true,
      });
      expect(view.quota?.statusHard).toMatchObject(hard);
      expect(view.quota?.even).toBe(true);
      expect(inForce(view.quota, hard)).toBe(true);
      expect((await cluster.listManaged()).some((one) => one.uid === uid)).toBe(true);
    });

    test('applying everything again changes nothing', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      const before = await observed(target.namespace);
      for (const step of ['namespace', 'isolation', 'limits', 'quota', 'access'] as const)
        await cluster.apply(step, target, { uid });
      await cluster.awaitReady({ target, uid }, readyMs);
      expect(await observed(target.namespace)).toEqual(before);
    });

    test('a namespace of somebody else is neither adopted, written, suspended nor deleted', async () => {
      const target = newTarget();
      const { uid } = await world.createForeign(target.namespace);
      try {
        const view = await observed(target.namespace);
        expect(view).toMatchObject({ uid, managed: false, allocationId: null });
        expect(await codeOf(cluster.apply('namespace', target, { uid }))).toBe(
          'provisioning.foreign_namespace',
        );
        expect(await codeOf(cluster.suspend(target, uid))).toBe('provisioning.foreign_namespace');
        expect(await codeOf(cluster.deleteNamespace(target.namespace, crypto.randomUUID()))).toBe(
          'provisioning.foreign_namespace',
        );
        expect(await codeOf(cluster.apply('namespace', target, null))).toMatch(
          /^provisioning\.(foreign_namespace|refused_by_cluster)$/,
        );
        expect(await observed(target.namespace)).toMatchObject({ uid, phase: 'active' });
      } finally {
        await world.removeForeign(target.namespace);
      }
    });

    test('a stale actor with a lower generation is refused and changes nothing (P5)', async () => {
      const target = newTarget({ generation: 2 });
      const uid = await openNamespace(target);
      const stale = { ...target, generation: 1, hard: { cpu: 1000 } };
      expect(await codeOf(cluster.apply('quota', stale, { uid }))).toBe('cluster.conflict');
      expect(await codeOf(cluster.apply('namespace', stale, { uid }))).toBe('cluster.conflict');
      expect(await codeOf(cluster.suspend(stale, uid))).toBe('cluster.conflict');
      expect((await observed(target.namespace)).quota).toMatchObject({
        hard,
        generation: 2,
        suspended: false,
      });
    });

    test('an actor that believes in another UID writes nothing (P4)', async () => {
      const target = newTarget();
      await openNamespace(target);
      const other = crypto.randomUUID();
      expect(
        await codeOf(cluster.apply('namespace', { ...target, generation: 2 }, { uid: other })),
      ).toBe('provisioning.foreign_namespace');
      expect((await observed(target.namespace)).generation).toBe(1);
    });

    test('a change is in force only when the cluster says so', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      const more = { ...target, generation: 2, hard: { ...hard, cpu: 6000 } };
      await cluster.apply('quota', more, { uid });
      const quota = await cluster.awaitReady({ target: more, uid }, readyMs);
      expect(quota?.statusHard).toMatchObject({ cpu: 6000 });
    });

    test('waiting for what does not come ends with the time', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      const never = { ...target, generation: 9 };
      expect(await cluster.awaitReady({ target: never, uid }, 50)).toBeNull();
    });

    test('use is what the pods ask for, and none runs outside its pool', async () => {
      const target = newTarget();
      await openNamespace(target);
      await world.runPod(target.namespace, { cpu: 1500, memory: 1024 });
      for (let look = 0; look < 100; look++) {
        const { quota } = await observed(target.namespace);
        if (quota?.used.cpu === 1500) break;
        await pause(100);
      }
      expect((await observed(target.namespace)).quota?.used).toMatchObject({
        cpu: 1500,
        memory: 1024,
      });
      const { strays } = await cluster.strayPods();
      expect(strays.filter((stray) => stray.namespace === target.namespace)).toEqual([]);
    });

    test('suspension keeps pods away and is reversible', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      await cluster.suspend(target, uid);
      await cluster.suspend(target, uid);
      expect((await observed(target.namespace)).quota?.suspended).toBe(true);
      await cluster.restore(target, uid);
      const quota = await cluster.awaitReady({ target, uid }, readyMs);
      expect(quota).toMatchObject({ suspended: false, hard });
    });

    describe('access', () => {
      let grant: AccessGrant;
      beforeAll(async () => {
        const target = newTarget();
        const uid = await openNamespace(target);
        const { namespace } = target;
        grant = { namespace, uid, personId: `usr_${run}01`, epoch: 0, seconds: 7200 };
      });
      /** An apiserver may know a token for some seconds longer than its account. */
      const refused = (access: AccessToken) =>
        expect.poll(() => world.admits(access), { timeout: 30_000, interval: 250 }).toBe(false);

      test('is one person’s, for at most an hour, and asking again ends nothing', async () => {
        const access = await cluster.grantAccess(grant);
        expect(access.expiresAt - Date.now()).toBeLessThanOrEqual(3_601_000);
        expect(access.server).toMatch(/^https:/);
        const again = await cluster.grantAccess(grant);
        expect(again.account).toEqual(access.account);
        expect([await world.admits(access), await world.admits(again)]).toEqual([true, true]);
      });

      test('is listed by person, with the epoch that it was made in', async () => {
        const other = { ...grant, personId: `usr_${run}02`, epoch: 3 };
        const { account } = await cluster.grantAccess(other);
        expect(account).toMatchObject({ personId: other.personId, epoch: 3 });
        expect(await cluster.listAccess(other.personId)).toEqual([account]);
        const all = await cluster.listAccess(null);
        expect(all.filter(({ namespace }) => namespace === grant.namespace)).toContainEqual(
          account,
        );
        expect(await cluster.listAccess(`usr_${run}99`)).toEqual([]);
      });

      test('ends with its account, and taking it back twice is harmless', async () => {
        const { account, ...access } = await cluster.grantAccess(grant);
        await cluster.revokeAccess(account);
        await cluster.revokeAccess(account);
        await refused({ account, ...access });
        expect(await cluster.listAccess(grant.personId)).toEqual([]);
      });

      test('of an older epoch ends when somebody asks in a newer one, never the other way round', async () => {
        const before = await cluster.grantAccess(grant);
        const after = await cluster.grantAccess({ ...grant, epoch: 7 });
        expect(after.account.uid).not.toBe(before.account.uid);
        await refused(before);
        expect(await codeOf(cluster.grantAccess({ ...grant, epoch: 6 }))).toBe('cluster.conflict');
        // Whoever still means the older account ends nothing.
        await cluster.revokeAccess(before.account);
        expect(await cluster.listAccess(grant.personId)).toEqual([after.account]);
        expect(await world.admits(after)).toBe(true);
      });

      test('ends for everybody with suspension', async () => {
        const target = newTarget();
        const uid = await openNamespace(target);
        const access = await cluster.grantAccess({ ...grant, namespace: target.namespace, uid });
        await cluster.suspend(target, uid);
        await refused(access);
      });
    });

    test('deletion is by UID, and repeating it is harmless', async () => {
      const target = newTarget();
      const uid = await openNamespace(target);
      expect(await codeOf(cluster.deleteNamespace(target.namespace, crypto.randomUUID()))).toBe(
        'provisioning.foreign_namespace',
      );
      await cluster.deleteNamespace(target.namespace, uid);
      await cluster.deleteNamespace(target.namespace, uid);
      for (let look = 0; look < 600; look++) {
        const view = await cluster.observe(target.namespace);
        if (view === null) break;
        expect(view.phase).toBe('terminating');
        await pause(100);
      }
      expect(await cluster.observe(target.namespace)).toBeNull();
      await cluster.deleteNamespace(target.namespace, uid);
      made.delete(target.namespace);
    });
  });
}
