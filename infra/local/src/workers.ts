import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api.ts';
import { ClusterToolError } from './errors.ts';
import { listAt, textAt } from './files.ts';
import { applyObject, type KubeObject } from './objects.ts';

/** One worker of a pool. It may stand for many racks: only labels and capacity matter. */
export type WorkerNode = {
  readonly name: string;
  readonly arch: 'amd64' | 'arm64';
  /** With the pool label `yunheng.io/pool`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Kubernetes quantities by resource name, extended ones (`nvidia.com/gpu`) included. */
  readonly capacity: Readonly<Record<string, string>>;
};

/** Marks workers that came from a list, so that one taken off the list goes away. */
const listedLabel = 'yunheng.io/listed-worker';

export function workerObject(worker: WorkerNode): KubeObject {
  const capacity = { pods: '20000', ...worker.capacity };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: worker.name,
      labels: {
        'kubernetes.io/arch': worker.arch,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': worker.name,
        [listedLabel]: 'true',
        ...worker.labels,
      },
      annotations: {
        'kwok.x-k8s.io/node': 'fake',
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${worker.name}/metrics/resource`,
      },
    },
    status: {
      capacity,
      allocatable: capacity,
      nodeInfo: {
        architecture: worker.arch,
        bootID: '',
        containerRuntimeVersion: 'kwok',
        kernelVersion: 'kwok',
        kubeProxyVersion: 'kwok',
        kubeletVersion: 'kwok',
        machineID: '',
        operatingSystem: 'linux',
        osImage: '',
        systemUUID: '',
      },
    },
  };
}

/** Makes the cluster's listed workers equal the list. */
export async function applyWorkers(api: ApiClient, workers: readonly WorkerNode[]): Promise<void> {
  await Promise.all(
    workers.map(async (worker) => {
      const object = workerObject(worker);
      await applyObject(api, object);
      // On an existing node the first apply leaves status alone.
      await applyObject(api, object, 'status');
    }),
  );
  const wanted = new Set(workers.map((worker) => worker.name));
  for (const name of await listedNames(api)) {
    if (wanted.has(name)) continue;
    await api.call({ method: 'DELETE', path: `/api/v1/nodes/${encodeURIComponent(name)}` });
  }
}

async function listed(api: ApiClient): Promise<readonly unknown[]> {
  const path = `/api/v1/nodes?labelSelector=${encodeURIComponent(listedLabel)}`;
  return listAt(await api.expect({ method: 'GET', path }), 'items');
}

async function listedNames(api: ApiClient): Promise<readonly string[]> {
  return (await listed(api)).flatMap((node) => textAt(node, 'metadata', 'name') ?? []);
}

function isSchedulable(node: unknown): boolean {
  const ready = listAt(node, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  );
  return ready && listAt(node, 'spec', 'taints').length === 0;
}

/** Ready, and without the taint that the node-lifecycle controller takes away a moment later. */
export async function waitForWorkers(api: ApiClient, deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const waiting = (await listed(api)).filter((node) => !isSchedulable(node));
    if (waiting.length === 0) return;
    if (Date.now() > end) {
      const names = waiting.map((node) => textAt(node, 'metadata', 'name') ?? '?').join(', ');
      throw new ClusterToolError(
        'CLUSTER_START_FAILED',
        { member: 'kwok', tail: names },
        `workers did not become ready: ${names}`,
      );
    }
    await sleep(200);
  }
}
