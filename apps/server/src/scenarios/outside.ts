import type { FakeCluster } from '@yunheng/testkit/fake-cluster';
import { ApiClient } from '@yunheng/local-cluster/api';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import { readKubeconfig } from '@yunheng/local-cluster/kubeconfig';

export type ClusterName = 'sheng' | 'shi';

/** What a person with rights of their own does to a cluster, past the product. */
export interface Outside {
  createNamespace(cluster: ClusterName, name: string): Promise<void>;
  removeNamespace(cluster: ClusterName, name: string): Promise<void>;
  /** UID and whether the product's label is on it; null when it is not there. */
  look(cluster: ClusterName, name: string): Promise<Sight | null>;
  /** Starts a pod that asks for so many cores. */
  runPod(cluster: ClusterName, namespace: string, cores: number): Promise<void>;
  stopPods(cluster: ClusterName, namespace: string): Promise<void>;
  close(): void;
}

export interface Sight {
  readonly uid: string;
  readonly managed: boolean;
}

export function outsideOfFakes(clusters: Readonly<Record<ClusterName, FakeCluster>>): Outside {
  return {
    createNamespace: async (cluster, name) => void clusters[cluster].world.createNamespace(name),
    removeNamespace: async (cluster, name) => clusters[cluster].world.removeNamespace(name),
    async look(cluster, name) {
      const found = clusters[cluster].world.namespaces.get(name);
      return found === undefined ? null : { uid: found.uid, managed: found.managed };
    },
    runPod: async (cluster, namespace, cores) =>
      clusters[cluster].world.runPod(namespace, {
        name: 'tenant',
        worker: 'sheng-x86-general-1',
        requests: { cpu: cores * 1000, memory: cores * 1024 },
      }),
    stopPods: async (cluster, namespace) => clusters[cluster].world.stopPods(namespace),
    close: () => undefined,
  };
}

/** As the cluster's administrator. */
export function outsideOfRealOnes(
  clusters: Readonly<Record<ClusterName, RunningCluster>>,
): Outside {
  const apis = {
    sheng: new ApiClient(readKubeconfig(clusters.sheng.kubeconfigAdmin)),
    shi: new ApiClient(readKubeconfig(clusters.shi.kubeconfigAdmin)),
  };
  const space = (name: string) => `/api/v1/namespaces/${name}`;
  return {
    async createNamespace(cluster, name) {
      const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      await apis[cluster].expect({ method: 'POST', path: '/api/v1/namespaces', body });
    },
    async removeNamespace(cluster, name) {
      await apis[cluster].call({ method: 'DELETE', path: space(name) });
      const isThere = async () =>
        (await apis[cluster].call({ method: 'GET', path: space(name) })).status === 200;
      while (await isThere());
    },
    async look(cluster, name) {
      const { status, body } = await apis[cluster].call({ method: 'GET', path: space(name) });
      if (status === 404) return null;
      const { metadata } = body as NamespaceBody; // a Namespace of the API
      const managed = metadata.labels?.['app.kubernetes.io/managed-by'] === 'yunheng';
      return { uid: metadata.uid, managed };
    },
    async runPod(cluster, namespace, cores) {
      await apis[cluster].expect({
        method: 'POST',
        path: `${space(namespace)}/pods`,
        body: podOf(cores),
      });
    },
    async stopPods(cluster, namespace) {
      const path = `${space(namespace)}/pods?gracePeriodSeconds=0`;
      await apis[cluster].expect({ method: 'DELETE', path });
    },
    close() {
      for (const api of Object.values(apis)) api.close();
    },
  };
}

interface NamespaceBody {
  readonly metadata: { readonly uid: string; readonly labels?: Readonly<Record<string, string>> };
}

function podOf(cores: number) {
  const resources = { cpu: String(cores), memory: `${cores}Gi` };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'tenant' },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'main',
          image: 'registry.invalid/pause:1',
          resources: { requests: resources, limits: resources },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
