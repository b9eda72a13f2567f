import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repairDrift } from './repair-drift.ts';
import { sweepProjection } from './sweep-projection.ts';

const name = 'yh-rsj-jyfw-prod';
let world: ProvisioningWorld;
beforeEach(async () => {
  world = await openProvisioningWorld();
  await world.approve({ kind: 'new', amounts: { cpu: 2000, memory: 4096 } });
  await world.settle();
});
afterEach(() => world.close());

const repair = () => repairDrift(world.deps, world.clusters);
const planted = () => {
  const namespace = world.cluster.world.namespaces.get(name);
  if (namespace === undefined) throw new Error('no namespace');
  return namespace;
};

test('a sound province is left alone and nothing is written', async () => {
  const effects = world.cluster.world.effects.length;
  expect(await repair()).toEqual([]);
  expect(world.cluster.world.effects).toHaveLength(effects);
});

test('quota, labels and isolation that somebody edited are written back and audited', async () => {
  const namespace = planted();
  if (namespace.quota) namespace.quota.hard = { cpu: 99_000 };
  Object.assign(namespace, { isolated: false, pool: 'elsewhere' });
  expect(await repair()).toEqual([name]);
  expect((await sweepProjection(world.deps, world.clusters)).findings).toEqual([]);
  const { auditEntries } = world.deps.store.tables;
  const trail = await world.deps.store.read.select().from(auditEntries);
  const entry = trail.find(({ action }) => action === 'provisioning.repair');
  expect(entry?.detail['drift']).toContain('quota_changed');
});

test('what a person must judge is not touched (P4)', async () => {
  const foreign = world.cluster.world.createNamespace(name);
  expect(await repair()).toEqual([]);
  expect(foreign).toMatchObject({ managed: false, quota: null });
});

test('what a task is changing is not drift', async () => {
  const [allocation] = await world.deps.store.read
    .select()
    .from(world.deps.store.tables.allocations);
  await world.approve({
    kind: 'change',
    allocationId: allocation?.id ?? '',
    amounts: { cpu: 3000 },
  });
  const { quota } = planted();
  if (quota) quota.hard = { ...quota.hard, cpu: 3000 };
  expect(await repair()).toEqual([]);
});

test('a cluster that is away is looked at another time', async () => {
  world.cluster.faults.down = true;
  expect(await repair()).toEqual([]);
});
