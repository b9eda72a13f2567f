import { setUserState } from '@yunheng/application/identity/set-user-state';
import { systemCall } from '@yunheng/application/identity/system-call';
import { issueKubeconfig } from '@yunheng/application/provisioning/issue-kubeconfig';
import { sweepDue } from '@yunheng/application/provisioning/sweep-due';
import { sweepNamespaces } from '@yunheng/application/provisioning/sweep-namespaces';
import { sweepProjection } from '@yunheng/application/provisioning/sweep-projection';
import { taskFacts } from '@yunheng/db/queries/provisioning';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identityDeps } from './identity-deps.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { place } from './provisioning-rows.ts';
import { openProvisioningWorld, type ProvisioningWorld } from './provisioning-world.ts';

let server: PostgresServer;
let world: ProvisioningWorld;

beforeAll(async () => {
  server = await startPostgres();
  world = await openProvisioningWorld({ path: await server.createDatabase(), quotaDelayMs: 2 });
});
afterAll(async () => {
  await world.close();
  await server.stop();
});

const stateOf = async (taskId: string) =>
  (await taskFacts(world.deps.store, taskId))?.task.state ?? null;

test('the same use cases carry new, change and release on PostgreSQL', async () => {
  const amounts = { cpu: 4000, memory: 8192 };
  const { taskId, allocationId } = await world.approve({ kind: 'new', amounts });
  // Three workers at once, as three processes would be woken by a queue that stalled.
  await Promise.all([world.run(taskId), world.run(taskId), world.run(taskId)]);
  await world.settle();
  expect(await stateOf(taskId)).toBe('done');
  const change = await world.approve({ kind: 'change', allocationId, amounts: { cpu: 2000 } });
  await world.settle();
  expect(await stateOf(change.taskId)).toBe('done');
  for (const sweep of [sweepNamespaces, sweepProjection])
    expect(await sweep(world.deps, world.clusters)).toMatchObject({ findings: [], unread: [] });
  const release = await world.approve({ kind: 'release', allocationId });
  await world.settle();
  expect(await stateOf(release.taskId)).toBe('done');
  expect(world.cluster.world.namespaces.size).toBe(0);
});

test('access ends there with the right to it, and comes back with it', async () => {
  const amounts = { cpu: 1000, memory: 1024 };
  const { allocationId } = await world.approve({ kind: 'new', amounts });
  await world.settle();
  const grants = [{ role: 'applicant', departmentId: place.department }] as const;
  const call = { ...systemCall, actor: { ...systemCall.actor, userId: place.applicant, grants } };
  const ask = () =>
    issueKubeconfig({ ...world.deps, clusters: world.clusters }, call, {
      allocationId,
      minutes: 10,
    });
  const setState = (version: number, state: 'active' | 'disabled') =>
    setUserState(identityDeps(world.deps), systemCall, { id: place.applicant, version, state });
  expect(await ask()).toMatchObject({ ok: true });
  const [before] = await world.cluster.listAccess(place.applicant);
  expect(await setState(1, 'disabled')).toMatchObject({ ok: true });
  world.cluster.faults.down = true;
  await world.settle(60_000);
  world.cluster.faults.down = false;
  await world.settle(120_000);
  expect(await world.cluster.listAccess(place.applicant)).toEqual([]);
  expect(await ask()).toMatchObject({ ok: false });
  expect(await setState(2, 'active')).toMatchObject({ ok: true });
  expect(await ask()).toMatchObject({ ok: true });
  const [after] = await world.cluster.listAccess(null);
  expect([before?.epoch, after?.epoch]).toEqual([0, 2]);
});

test('the queries that wake, sweep and hold back mean the same there', async () => {
  world.cluster.faults.down = true;
  const { taskId } = await world.approve({
    kind: 'new',
    environment: 'test',
    amounts: { cpu: 1000 },
  });
  await world.settle(600_000);
  expect(await stateOf(taskId)).toBe('waiting_cluster');
  world.clock.advance(40 * 86_400_000);
  expect(await sweepDue(world.deps, world.clusters)).toEqual({ overdue: 1, rewoken: 0 });
  expect(await stateOf(taskId)).toBe('failed');
});
