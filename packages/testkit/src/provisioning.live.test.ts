import { setUserState } from '@yunheng/application/identity/set-user-state';
import { systemCall } from '@yunheng/application/identity/system-call';
import { issueKubeconfig } from '@yunheng/application/provisioning/issue-kubeconfig';
import { runRevocation } from '@yunheng/application/provisioning/run-revocation';
import { sweepNamespaces } from '@yunheng/application/provisioning/sweep-namespaces';
import { sweepOrder } from '@yunheng/application/provisioning/sweep-order';
import { sweepOwnership } from '@yunheng/application/provisioning/sweep-ownership';
import { sweepProjection } from '@yunheng/application/provisioning/sweep-projection';
import { connectCluster } from '@yunheng/cluster/connect';
import { openRevocations } from '@yunheng/db/queries/access';
import { findUser } from '@yunheng/db/queries/identity';
import { taskFacts } from '@yunheng/db/queries/provisioning';
import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { startSharedTestClusters } from '@yunheng/local-cluster/test-clusters';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countedIds } from './counted-ids.ts';
import { identityDeps } from './identity-deps.ts';
import { place, systemRow } from './provisioning-rows.ts';
import { openProvisioningStore, type ProvisioningStore } from './provisioning-world.ts';

let cluster: Cluster;
let base: ProvisioningStore;
const folder = mkdtempSync(join(tmpdir(), 'yunheng-person-'));
const code = `live${crypto.randomUUID().slice(0, 6)}`;
const systemId = 'sys_live';
const accessSystemId = 'sys_live_access';
const clock = { business: () => Date.now(), real: () => Date.now() };

beforeAll(async () => {
  const { sheng } = await startSharedTestClusters();
  const kubeconfig = sheng.kubeconfigProvisioner;
  cluster = await connectCluster({ name: place.clusterName, kubeconfig, context: null });
  const ids = countedIds(Date.now() % 1_000_000_000);
  base = await openProvisioningStore({ path: ':memory:', clock, ids, cluster });
  await base.commit({
    inserts: [
      systemRow(systemId, code, clock.business()),
      systemRow(accessSystemId, `${code}a`, clock.business()),
    ],
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await base.close();
  await cluster.close();
});

/** As the queue would: again and again until the task rests. */
async function carry(taskId: string): Promise<NonNullable<Awaited<ReturnType<typeof taskFacts>>>> {
  for (let pass = 0; pass < 120; pass++) {
    await base.run(taskId);
    const facts = await taskFacts(base.deps.store, taskId);
    if (facts?.task.state === 'done' || facts?.task.state === 'failed') return facts;
    await pause(500);
  }
  throw new Error('the task does not come to rest');
}

test('new, change and release on a real apiserver, and the cluster equals the ledger after each', async () => {
  const sweeps = [sweepNamespaces, sweepProjection, sweepOrder, sweepOwnership];
  // Other tests share the cluster: only what bears this test's name counts.
  const findings = async () =>
    (await Promise.all(sweeps.map((sweep) => sweep(base.deps, base.clusters))))
      .flatMap((swept) => swept.findings)
      .filter((finding) => finding.subject.includes(code));
  const amounts = { cpu: 4000, memory: 8192 };

  const opened = await base.approve({ kind: 'new', systemId, amounts });
  const { task, allocation } = await carry(opened.taskId);
  expect(task).toMatchObject({ state: 'done', step: 'access', attempts: 0 });
  const view = await cluster.observe(allocation.namespace);
  expect(view).toMatchObject({ uid: allocation.namespaceUid, pool: place.poolCode });
  expect(view?.quota?.statusHard).toMatchObject(amounts);
  expect(await findings()).toEqual([]);

  const { allocationId } = opened;
  const change = await base.approve({
    kind: 'change',
    allocationId,
    systemId,
    amounts: { cpu: 6000, memory: 4096 },
  });
  expect((await carry(change.taskId)).task.state).toBe('done');
  expect((await cluster.observe(allocation.namespace))?.quota?.statusHard).toMatchObject({
    cpu: 6000,
    memory: 4096,
  });
  expect(await findings()).toEqual([]);

  const release = await base.approve({ kind: 'release', allocationId, systemId });
  expect((await carry(release.taskId)).allocation.state).toBe('removed');
  expect(await cluster.observe(allocation.namespace)).toBeNull();
  expect(await findings()).toEqual([]);
});

test('a foreign namespace under the name is left to a person', async () => {
  const { sheng } = await startSharedTestClusters();
  const admin = await connectCluster({
    name: 'admin',
    kubeconfig: sheng.kubeconfigAdmin,
    context: null,
  });
  const name = `yh-rsj-${code}-test`;
  const other = { namespace: name, allocationId: 'alc_other', tenantId: 'ten', systemId: 'sys' };
  const seen = { ...other, pool: place.poolCode, hard: {}, generation: 1 };
  const { uid } = await admin.apply('namespace', seen, null);
  try {
    const { taskId } = await base.approve({
      kind: 'new',
      systemId,
      environment: 'test',
      amounts: { cpu: 1000 },
    });
    expect((await carry(taskId)).task).toMatchObject({
      state: 'failed',
      errorCode: 'provisioning.foreign_namespace',
    });
    expect(await cluster.observe(name)).toMatchObject({ uid, allocationId: 'alc_other' });
  } finally {
    await admin.deleteNamespace(name, uid);
    await admin.close();
  }
});

/** The cluster as the person of the kubeconfig sees it; after a 401 the file is read again, so it has to stay. */
async function asPerson(kubeconfig: string): Promise<Cluster> {
  const path = join(folder, crypto.randomUUID());
  writeFileSync(path, kubeconfig, { mode: 0o600 });
  return connectCluster({ name: 'person', kubeconfig: path, context: null });
}

test('the apiserver does not know a kubeconfig any more once its person is disabled', async () => {
  const opened = await base.approve({
    kind: 'new',
    systemId: accessSystemId,
    amounts: { cpu: 1000, memory: 1024 },
  });
  const { allocation } = await carry(opened.taskId);
  const { namespace } = allocation;
  const actor = {
    ...systemCall.actor,
    userId: place.applicant,
    grants: [{ role: 'applicant', departmentId: place.department }],
  } as const;
  const ask = () =>
    issueKubeconfig(
      { ...base.deps, clusters: base.clusters },
      { ...systemCall, actor },
      { allocationId: opened.allocationId, minutes: 10 },
    );
  const setState = async (state: 'active' | 'disabled') => {
    const user = await findUser(base.deps.store, place.applicant);
    const change = { id: place.applicant, version: user?.version ?? 0, state };
    expect(await setUserState(identityDeps(base.deps), systemCall, change)).toMatchObject({
      ok: true,
    });
  };
  const issued = await ask();
  if (!issued.ok) throw new Error(issued.error.code);
  const person = await asPerson(issued.value.kubeconfig);
  expect(await person.observe(namespace)).toMatchObject({ name: namespace });

  await setState('disabled');
  for (const { id } of await openRevocations(base.deps.store))
    expect(await runRevocation(base.deps, base.clusters, id)).toBe('passed');
  expect(await openRevocations(base.deps.store)).toEqual([]);
  // An apiserver remembers for ten seconds whom it has known.
  await expect
    .poll(() => person.observe(namespace).catch((error: unknown) => error), {
      timeout: 30_000,
      interval: 500,
    })
    .toMatchObject({ code: 'cluster.unavailable', params: { status: 401 } });
  expect(await ask()).toMatchObject({ ok: false, error: { code: 'auth.session_expired' } });

  await setState('active');
  const again = await ask();
  if (!again.ok) throw new Error(again.error.code);
  const back = await asPerson(again.value.kubeconfig);
  expect(await back.observe(namespace)).toMatchObject({ name: namespace });
  await expect(person.observe(namespace)).rejects.toMatchObject({ params: { status: 401 } });
  await Promise.all([person.close(), back.close()]);

  const { allocationId } = opened;
  const release = await base.approve({ kind: 'release', allocationId, systemId: accessSystemId });
  expect((await carry(release.taskId)).allocation.state).toBe('removed');
});
