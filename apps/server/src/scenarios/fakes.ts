import { readResource } from '@yunheng/domain/catalog/kubernetes';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { labels, workerKeys } from '@yunheng/domain/provisioning/kubernetes-words';
import { testWorkers } from '@yunheng/local-cluster/test-workers';
import { createFakeCluster, type FakeCluster } from '@yunheng/testkit/fake-cluster';
import type { ClusterName } from './outside.ts';

/** Fakes with the workers of the real test clusters, so that a story meets the same capacity everywhere. */
export const fakeClusters = (): Readonly<Record<ClusterName, FakeCluster>> => ({
  sheng: fakeCluster('sheng'),
  shi: fakeCluster('shi'),
});

function fakeCluster(name: ClusterName): FakeCluster {
  const cluster = createFakeCluster({ name, uid: `uid-${name}`, quotaDelayMs: 1, deletionMs: 1 });
  for (const worker of testWorkers(name)) {
    const pool = worker.labels[labels.pool] ?? '';
    cluster.world.addWorker({
      name: worker.name,
      pool,
      allocatable: amountsOf(worker.capacity),
    });
  }
  return cluster;
}

const amountsOf = (capacity: Readonly<Record<string, string>>): ResourceAmounts =>
  Object.fromEntries(
    resourceNames.flatMap((resource) => {
      const text = capacity[workerKeys[resource]];
      const read = text === undefined ? null : readResource(resource, text, 'down');
      return read?.ok === true ? [[resource, read.value.amount]] : [];
    }),
  );
