import { sweepDue } from '@yunheng/application/provisioning/sweep-due';
import { sweepNamespaces } from '@yunheng/application/provisioning/sweep-namespaces';
import { sweepProjection } from '@yunheng/application/provisioning/sweep-projection';
import { taskFacts } from '@yunheng/db/queries/provisioning';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
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
