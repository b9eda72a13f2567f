import { capacityTotals } from '@yunheng/db/queries/capacity';
import { clusters as clusterRows } from '@yunheng/db/queries/estate';
import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { createFakeCluster } from '@yunheng/testkit/fake-cluster';
import { place } from '@yunheng/testkit/provisioning-rows';
import { afterEach, describe, expect, test } from 'vitest';
import { cellsByPool } from '../estate/cells.ts';
import { observeClusters } from './observe-clusters.ts';

let world: ProvisioningWorld;
afterEach(() => world.close());

const cpu = async () => {
  const cells = cellsByPool(await capacityTotals(world.deps.store, place.pool)).get(place.pool);
  return cells?.find((cell) => cell.resource === 'cpu');
};
const observe = () => observeClusters(world.deps, world.clusters);
const allocatable = { cpu: 10_000, memory: 20_000 };

describe('observing clusters', () => {
  test('capacity read from the workers is the supply of the ledger, once', async () => {
    world = await openProvisioningWorld({ allocatable });
    expect(await cpu()).toMatchObject({ supply: 10_000, free: 10_000 });
    await observe();
    const { ledgerTransfers } = world.deps.store.tables;
    const transfers = await world.deps.store.read.select().from(ledgerTransfers);
    expect(transfers.filter(({ causeKind }) => causeKind === 'supply')).toHaveLength(1);
    const [row] = await clusterRows(world.deps.store);
    expect(row).toMatchObject({ state: 'ready', kubernetesVersion: 'v1.37.2' });
    expect(row?.uid).not.toBeNull();
  });

  test('a look that finds nothing new writes nothing', async () => {
    world = await openProvisioningWorld({ allocatable });
    const entries = () => world.deps.store.read.$count(world.deps.store.tables.auditEntries);
    const before = await entries();
    await observe();
    expect(await entries()).toBe(before);
  });

  test('the same capacity read twice with another between is two transfers', async () => {
    world = await openProvisioningWorld({ allocatable });
    for (const size of [4_000, 10_000, 4_000]) {
      world.cluster.world.addWorker({
        name: 'w1',
        pool: place.poolCode,
        allocatable: { ...allocatable, cpu: size },
      });
      await observe();
      expect(await cpu()).toMatchObject({ supply: size });
    }
  });

  test('supply is not lowered below what is promised; what is missing is named', async () => {
    world = await openProvisioningWorld({ allocatable });
    await world.approve({ kind: 'new', amounts: { cpu: 8_000, memory: 1_024 } });
    world.cluster.world.addWorker({
      name: 'w1',
      pool: place.poolCode,
      allocatable: { ...allocatable, cpu: 5_000 },
    });
    const { findings } = await observe();
    expect(findings).toEqual([
      { kind: 'supply_uncovered', pool: place.poolCode, uncovered: { cpu: 3_000 } },
    ]);
    expect(await cpu()).toMatchObject({ supply: 8_000, held: 8_000, free: 0 });
  });

  test('a cluster that does not answer is away, told once, and comes back', async () => {
    world = await openProvisioningWorld({ allocatable });
    world.cluster.faults.down = true;
    expect(await observe()).toMatchObject({ ready: [], away: [place.clusterName] });
    const entries = () => world.deps.store.read.$count(world.deps.store.tables.auditEntries);
    const before = await entries();
    await observe();
    expect(await entries()).toBe(before);
    world.cluster.faults.down = false;
    expect(await observe()).toMatchObject({ ready: [place.clusterName], away: [] });
  });

  test('another cluster under the same name is not read from', async () => {
    world = await openProvisioningWorld({ allocatable });
    const other = createFakeCluster({ name: place.clusterName });
    other.world.addWorker({ name: 'x', pool: place.poolCode, allocatable: { cpu: 1 } });
    const seen = await observeClusters(world.deps, { of: () => other });
    expect(seen.findings).toMatchObject([{ kind: 'cluster_exchanged' }]);
    expect(seen.away).toEqual([place.clusterName]);
    expect(await cpu()).toMatchObject({ supply: 10_000 });
  });
});
