import { sweepNamespaces } from '@yunheng/application/provisioning/sweep-namespaces';
import { sweepOrder } from '@yunheng/application/provisioning/sweep-order';
import { sweepOwnership } from '@yunheng/application/provisioning/sweep-ownership';
import { sweepProjection } from '@yunheng/application/provisioning/sweep-projection';
import { connectCluster } from '@yunheng/cluster/connect';
import { taskFacts } from '@yunheng/db/queries/provisioning';
import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { startSharedTestClusters } from '@yunheng/local-cluster/test-clusters';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countedIds } from './counted-ids.ts';
import { place, systemRow } from './provisioning-rows.ts';
import { openProvisioningStore, type ProvisioningStore } from './provisioning-world.ts';

let cluster: Cluster;
let base: ProvisioningStore;
const code = `live${crypto.randomUUID().slice(0, 6)}`;
const systemId = 'sys_live';
const clock = { business: () => Date.now(), real: () => Date.now() };

beforeAll(async () => {
  const { sheng } = await startSharedTestClusters();
  const kubeconfig = sheng.kubeconfigProvisioner;
  cluster = await connectCluster({ name: place.clusterName, kubeconfig, context: null });
  const ids = countedIds(Date.now() % 1_000_000_000);
  base = await openProvisioningStore({ path: ':memory:', clock, ids, cluster });
  await base.commit({ inserts: [systemRow(systemId, code, clock.business())] });
});
afterAll(async () => {
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
