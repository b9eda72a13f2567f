import type { V1RoleBinding } from '@kubernetes/client-node';
import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { toQuotaHard } from '@yunheng/domain/catalog/kubernetes';
import { startSharedTestClusters } from '@yunheng/local-cluster/test-clusters';
import { describe, expect, test } from 'vitest';
import { clusterConformance } from '@yunheng/testkit/cluster-conformance';
import { connectCluster } from './connect.ts';
import type { AccessToken, NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import { connectionOf } from './connection.ts';
import { bindingsIn, quotaObject } from './objects.ts';
import { personObjectName } from './person-objects.ts';
import { createSockets } from './sockets.ts';
import { createTransport, type Transport } from './transport.ts';
import type { Wire } from './views.ts';
import { patch } from './writing.ts';

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
    admits,
    close: async () => {
      await admin.close();
      await cluster.close();
    },
  };
});

describe('the admission policies', () => {
  test('fence a late writer that did not look before it wrote (P5)', async () => {
    const { sheng } = await startSharedTestClusters();
    const source = { kubeconfig: sheng.kubeconfigProvisioner, context: null };
    const cluster = await connectCluster({ name: 'sheng', ...source });
    const connection = connectionOf(source);
    const transport = createTransport('sheng', await createSockets(connection));
    const suffix = crypto.randomUUID().slice(0, 8);
    const target: NamespaceTarget = {
      namespace: `yh-late-${suffix}`,
      allocationId: `alc_${suffix}`,
      tenantId: 'ten_late',
      systemId: 'sys_late',
      pool: 'sheng-x86-general',
      hard: { cpu: 2000 },
      generation: 5,
    };
    const { uid } = await cluster.apply('namespace', target, null);
    await cluster.apply('quota', target, { uid });
    const late = { ...target, generation: 4, hard: { cpu: 9000 } };
    const write = patch(
      { name: 'sheng', connection, transport },
      quotaObject({ target: late, suspended: false, resourceVersion: null }),
    );
    await expect(write).rejects.toMatchObject({
      code: 'cluster.conflict',
      params: { reason: 'StaleGeneration' },
    });
    expect((await cluster.observe(target.namespace))?.quota?.hard).toMatchObject({ cpu: 2000 });
    await cluster.deleteNamespace(target.namespace, uid);
    await Promise.all([transport.close(), cluster.close()]);
  });
});

test('the rights of an account go at once with its binding, and a new account has its own', async () => {
  const { sheng } = await startSharedTestClusters();
  const source = { kubeconfig: sheng.kubeconfigProvisioner, context: null };
  const cluster = await connectCluster({ name: 'sheng', ...source });
  const transport = createTransport('sheng', await createSockets(connectionOf(source)));
  const suffix = crypto.randomUUID().slice(0, 8);
  const namespace = `yh-bind-${suffix}`;
  const target: NamespaceTarget = {
    namespace,
    allocationId: `alc_${suffix}`,
    tenantId: 'ten_bind',
    systemId: 'sys_bind',
    pool: 'sheng-x86-general',
    hard: { cpu: 2000 },
    generation: 1,
  };
  const { uid } = await cluster.apply('namespace', target, null);
  const grant = { namespace, uid, personId: `usr_${suffix}`, seconds: 600 };
  const path = `${bindingsIn(namespace)}/${personObjectName(grant.personId)}`;
  const owner = async () => {
    const found = await transport.find<Wire<V1RoleBinding>>({ method: 'GET', path });
    return found?.body.metadata?.ownerReferences?.map((one) => one.uid) ?? null;
  };
  const first = await cluster.grantAccess({ ...grant, epoch: 0 });
  expect(await owner()).toEqual([first.account.uid]);
  const second = await cluster.grantAccess({ ...grant, epoch: 2 });
  expect(await owner()).toEqual([second.account.uid]);
  expect(await statusFor(second)).toBe(200);
  await cluster.revokeAccess(first.account);
  expect(await owner()).toEqual([second.account.uid]);
  await cluster.revokeAccess(second.account);
  expect(await owner()).toBeNull();
  // At once: sooner than the apiserver forgets whom it has known.
  await expect.poll(() => statusFor(second), { timeout: 5_000, interval: 100 }).toBe(403);
  await cluster.deleteNamespace(namespace, uid);
  await Promise.all([transport.close(), cluster.close()]);
});

/** What the API says to the bearer of the token who asks for the token's own namespace. */
async function statusFor({ account, token, server, authority }: AccessToken): Promise<number> {
  const ca = Buffer.from(authority, 'base64');
  const sockets = await createSockets({
    server,
    authority,
    tls: async () => ({ ca }),
    authorization: async () => `Bearer ${token}`,
  });
  try {
    const path = `/api/v1/namespaces/${account.namespace}`;
    return (await sockets.call({ method: 'GET', path }, false)).status;
  } finally {
    await sockets.close();
  }
}

/** Known, with rights or for the last ten seconds without. */
async function admits(access: AccessToken): Promise<boolean> {
  const status = await statusFor(access);
  expect([200, 403, 401]).toContain(status);
  return status !== 401;
}

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
