import { describe, expect, test } from 'vitest';
import { clusterConformance } from './cluster-conformance.ts';
import { createFakeCluster } from './fake-cluster.ts';

clusterConformance('the fake cluster', async () => {
  const cluster = createFakeCluster({ name: 'fake', quotaDelayMs: 5, deletionMs: 10 });
  const pool = 'fake-x86-general';
  cluster.world.addWorker({ name: 'w1', pool, allocatable: { cpu: 64_000, memory: 262_144 } });
  return {
    cluster,
    pool,
    createForeign: async (namespace) => cluster.world.createNamespace(namespace),
    removeForeign: async (namespace) => cluster.world.removeNamespace(namespace),
    runPod: async (namespace, requests) =>
      cluster.world.runPod(namespace, { name: 'pod', worker: 'w1', requests }),
    admits: async ({ token }) => cluster.world.admits(token),
    close: () => cluster.close(),
  };
});

describe('faults of the fake cluster', () => {
  test('while it is down nobody answers, and nothing is written', async () => {
    const cluster = createFakeCluster({ name: 'fake' });
    cluster.faults.down = true;
    await expect(cluster.observe('yh-a')).rejects.toMatchObject({ code: 'cluster.unavailable' });
    cluster.faults.down = false;
    expect(await cluster.observe('yh-a')).toBeNull();
  });

  test('each injected fault is met once, with the code of the real adapter', async () => {
    const cluster = createFakeCluster({ name: 'fake' });
    cluster.faults.next.push('throttled', 'conflict', 'refused', 'slow');
    await expect(cluster.identify()).rejects.toMatchObject({ code: 'cluster.unavailable' });
    await expect(cluster.identify()).rejects.toMatchObject({ code: 'cluster.conflict' });
    await expect(cluster.identify()).rejects.toMatchObject({
      code: 'provisioning.refused_by_cluster',
    });
    await expect(cluster.identify()).resolves.toMatchObject({ version: 'v1.37.2' });
    expect(cluster.faults.next).toEqual([]);
  });
});
