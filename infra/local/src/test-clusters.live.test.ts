import { expect, test } from 'vitest';
import { ApiClient } from './api.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { startSharedTestClusters } from './test-clusters.ts';

test('live tests get two real clusters, and asking again starts nothing', async () => {
  const { sheng, shi } = await startSharedTestClusters();
  expect(sheng.server).not.toBe(shi.server);
  for (const cluster of [sheng, shi]) {
    const api = new ApiClient(readKubeconfig(cluster.kubeconfigProvisioner));
    expect((await api.call({ method: 'GET', path: '/api/v1/nodes' })).status).toBe(200);
    api.close();
  }
  const began = performance.now();
  expect((await startSharedTestClusters()).sheng).toEqual(sheng);
  expect(performance.now() - began).toBeLessThan(1_000);
});
