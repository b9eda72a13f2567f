import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { toQuotaHard } from '@yunheng/domain/catalog/kubernetes';
import { startSharedTestClusters } from '@yunheng/local-cluster/test-clusters';
import { clusterConformance } from '@yunheng/testkit/cluster-conformance';
import { connectCluster } from './connect.ts';
import { connectionOf } from './connection.ts';
import { createSockets } from './sockets.ts';
import { createTransport, type Transport } from './transport.ts';

clusterConformance('a real kube-apiserver', async () => {
  const { sheng } = await startSharedTestClusters();
  const cluster = await connectCluster({
    name: 'sheng',
    kubeconfig: sheng.kubeconfigProvisioner,
    context: null,
  });
  const admin = createTransport(
    'admin',
    await createSockets(connectionOf({ kubeconfig: sheng.kubeconfigAdmin, context: null })),
  );
  return {
    cluster,
    pool: 'sheng-x86-general',
    createForeign: async (namespace) => ({ uid: await createNamespace(admin, namespace) }),
    removeForeign: async (namespace) => {
      await admin.find({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
    },
    runPod: (namespace, requests) => runPod(admin, namespace, requests),
    close: async () => {
      await admin.close();
      await cluster.close();
    },
  };
});

async function createNamespace(admin: Transport, name: string): Promise<string> {
  const { body } = await admin.send<{ metadata: { uid: string } }>({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  return body.metadata.uid;
}

/** Asks for another pool on purpose: the admission policy sends it to the namespace's own. */
async function runPod(
  admin: Transport,
  namespace: string,
  requests: ResourceAmounts,
): Promise<void> {
  const hard = toQuotaHard(requests);
  const resources = { cpu: hard['requests.cpu'], memory: hard['requests.memory'] };
  await admin.send({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'tenant' },
      spec: {
        nodeSelector: { 'yunheng.io/pool': 'sheng-arm-general' },
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'main',
            image: 'registry.invalid/pause:1',
            resources: { requests: resources, limits: resources },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    },
  });
}
