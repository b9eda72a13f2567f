import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ApiClient, type ApiAnswer } from './api.ts';
import { ensureBinary } from './binary.ts';
import { startCluster, type RunningCluster, type StartClusterInput } from './cluster.ts';
import { at, listAt, textAt } from './files.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { isAlive, recordOf, type ProcessRecord } from './processes.ts';
import { clusterStatus } from './status.ts';
import { stopCluster } from './stop.ts';
import type { WorkerNode } from './workers.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'yunheng-live-'));
const name = 'probe';

function worker(pool: string, arch: WorkerNode['arch'], cards?: string): WorkerNode {
  return {
    name: `${pool}-1`,
    arch,
    labels: { 'yunheng.io/pool': pool },
    capacity: { cpu: '64', memory: '256Gi', ...(cards === undefined ? {} : { [cards]: '8' }) },
  };
}

const workerNodes = [
  worker('sz-x86-general', 'amd64'),
  worker('sz-arm-general', 'arm64'),
  worker('sz-arm-npu', 'arm64', 'huawei.com/Ascend910'),
];

let input: StartClusterInput;
let cluster: RunningCluster;
let admin: ApiClient;
let provisioner: ApiClient;

beforeAll(async () => {
  const binary = await ensureBinary();
  input = { name, stateDir, binary: binary.path, workerNodes, attached: true };
  cluster = await startCluster(input);
  admin = new ApiClient(readKubeconfig(cluster.kubeconfigAdmin));
  provisioner = new ApiClient(readKubeconfig(cluster.kubeconfigProvisioner));
});

afterAll(async () => {
  admin.close();
  provisioner.close();
  await stopCluster(stateDir, name);
  rmSync(stateDir, { recursive: true, force: true });
});

function managedNamespace(namespace: string, pool: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { 'app.kubernetes.io/managed-by': 'yunheng', 'yunheng.io/pool': pool },
    },
  };
}

function post(api: ApiClient, path: string, body: object): Promise<ApiAnswer> {
  return api.call({ method: 'POST', path, body });
}

function podNamed(podName: string, spec: object = {}): object {
  const resources = { requests: { cpu: '1', memory: '1Gi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName },
    spec: { containers: [{ name: 'main', image: 'none', resources }], ...spec },
  };
}

async function makeNamespace(namespace: string, pool: string): Promise<void> {
  const made = await post(provisioner, '/api/v1/namespaces', managedNamespace(namespace, pool));
  expect(made.status).toBe(201);
  const account = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
  await vi.waitFor(async () => {
    expect((await admin.call({ method: 'GET', path: account })).status).toBe(200);
  }, 20_000);
}

describe('the pool of a namespace', () => {
  const namespace = 'yh-pool-prod';
  const pods = `/api/v1/namespaces/${namespace}/pods`;

  beforeAll(() => makeNamespace(namespace, 'sz-arm-general'));

  async function nodeOf(pod: string): Promise<string | undefined> {
    return vi.waitFor(async () => {
      const { body } = await admin.call({ method: 'GET', path: `${pods}/${pod}` });
      expect(textAt(body, 'status', 'phase')).toBe('Running');
      return textAt(body, 'spec', 'nodeName');
    }, 30_000);
  }

  test('a pod that asks for nothing runs in it', async () => {
    expect((await post(admin, pods, podNamed('plain'))).status).toBe(201);
    expect(await nodeOf('plain')).toBe('sz-arm-general-1');
  });

  test('a pod that asks for another pool runs in it all the same', async () => {
    const nodeSelector = { 'yunheng.io/pool': 'sz-x86-general', 'kubernetes.io/os': 'linux' };
    expect((await post(admin, pods, podNamed('stray', { nodeSelector }))).status).toBe(201);
    expect(await nodeOf('stray')).toBe('sz-arm-general-1');
  });

  test('an empty selector is no way out', async () => {
    expect((await post(admin, pods, podNamed('empty', { nodeSelector: {} }))).status).toBe(201);
    expect(await nodeOf('empty')).toBe('sz-arm-general-1');
  });

  test('a pod that names its node is refused', async () => {
    const pod = podNamed('direct', { nodeName: 'sz-x86-general-1' });
    const { status, body } = await post(admin, pods, pod);
    expect([status, textAt(body, 'message')]).toEqual([
      403,
      expect.stringContaining('spec.nodeName is refused'),
    ]);
  });

  test('a token that never ends cannot be made from a secret', async () => {
    const { status } = await post(admin, `/api/v1/namespaces/${namespace}/secrets`, {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: 'forever',
        annotations: { 'kubernetes.io/service-account.name': 'default' },
      },
    });
    expect(status).toBe(403);
  });
});

test('workers offer their cards, each in its architecture', async () => {
  const path = '/api/v1/nodes/sz-arm-npu-1';
  const { body } = await provisioner.call({ method: 'GET', path });
  expect(at(body, 'status', 'allocatable', 'huawei.com/Ascend910')).toBe('8');
  expect(at(body, 'status', 'nodeInfo', 'architecture')).toBe('arm64');
});

test('a quota of cards and cores is counted, and what exceeds it is refused', async () => {
  const namespace = 'yh-quota-prod';
  await makeNamespace(namespace, 'sz-arm-npu');
  const quotas = `/api/v1/namespaces/${namespace}/resourcequotas`;
  const hard = { 'requests.cpu': '2', 'requests.huawei.com/Ascend910': '4' };
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q' },
    spec: { hard },
  };
  expect((await post(provisioner, quotas, quota)).status).toBe(201);
  const status = async (): Promise<unknown> =>
    at((await admin.call({ method: 'GET', path: `${quotas}/q` })).body, 'status');
  await vi.waitFor(async () => expect(at(await status(), 'hard')).toEqual(hard), 20_000);

  const pods = `/api/v1/namespaces/${namespace}/pods`;
  expect((await post(admin, pods, podNamed('a'))).status).toBe(201);
  expect((await post(admin, pods, podNamed('b'))).status).toBe(201);
  const third = await post(admin, pods, podNamed('c'));
  expect([third.status, textAt(third.body, 'message')]).toEqual([
    403,
    expect.stringContaining('exceeded quota'),
  ]);
  await vi.waitFor(
    async () => expect(at(await status(), 'used', 'requests.cpu')).toBe('2'),
    20_000,
  );
});

describe('what the provisioner may not do', () => {
  const refused: readonly [string, string, object | undefined, ('POST' | 'GET' | 'DELETE')?][] = [
    ['a namespace with a foreign name', '/api/v1/namespaces', managedNamespace('shop', 'p')],
    [
      'a namespace without the label of ownership',
      '/api/v1/namespaces',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'yh-unmarked' } },
    ],
    ['deleting kube-public', '/api/v1/namespaces/kube-public', undefined, 'DELETE'],
    [
      'an object in a namespace that is not its own',
      '/api/v1/namespaces/default/serviceaccounts',
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'mole' } },
    ],
    ['reading secrets', '/api/v1/secrets', undefined, 'GET'],
    ['a pod of its own', '/api/v1/namespaces/yh-pool-prod/pods', podNamed('own')],
    [
      'binding anybody to cluster-admin',
      '/apis/rbac.authorization.k8s.io/v1/namespaces/yh-pool-prod/rolebindings',
      binding('cluster-admin'),
    ],
    [
      'widening its own role',
      '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
      { ...binding('cluster-admin'), kind: 'ClusterRoleBinding' },
    ],
    [
      'a token of an account outside its namespaces',
      '/api/v1/namespaces/kube-system/serviceaccounts/namespace-controller/token',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    ],
  ];

  function binding(role: string): object {
    return {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: `bind-${role}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'yh-pool-prod' }],
    };
  }

  test.for(refused)('%s is refused', async ([, path, body, method = 'POST']) => {
    const answer = await provisioner.call({
      method,
      path,
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(403);
  });

  test('binding somebody to the tenant role in its own namespace is not', async () => {
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/yh-pool-prod/rolebindings';
    expect((await post(provisioner, path, binding('yunheng-tenant-edit'))).status).toBe(201);
  });
});

test('a namespace of the product goes away with its pods', async () => {
  await makeNamespace('yh-gone-prod', 'sz-x86-general');
  const path = '/api/v1/namespaces/yh-gone-prod';
  expect((await post(admin, `${path}/pods`, podNamed('last'))).status).toBe(201);
  expect((await provisioner.call({ method: 'DELETE', path })).status).toBe(200);
  await vi.waitFor(async () => {
    expect((await admin.call({ method: 'GET', path })).status).toBe(404);
  }, 60_000);
});

test('usage of pods is served by the metrics API', async () => {
  const path = '/apis/metrics.k8s.io/v1beta1/namespaces/yh-pool-prod/pods';
  await vi.waitFor(
    async () => {
      const { status, body } = await provisioner.call({ method: 'GET', path });
      expect(status).toBe(200);
      expect(listAt(body, 'items').length).toBeGreaterThan(0);
    },
    { timeout: 90_000, interval: 500 },
  );
});

test('a second start finds the cluster running and is done in seconds', async () => {
  const began = performance.now();
  const again = await startCluster(input);
  expect(again).toMatchObject({ server: cluster.server, reused: true });
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a member that is killed comes back by itself', async () => {
  const before = await clusterStatus(stateDir, name);
  const victim = before.members.find((one) => one.name === 'kube-scheduler');
  if (victim === undefined) throw new Error('there is no scheduler');
  process.kill(victim.pid, 'SIGKILL');
  await vi.waitFor(async () => {
    const now = (await clusterStatus(stateDir, name)).members;
    const scheduler = now.find((one) => one.name === 'kube-scheduler');
    expect(scheduler).toMatchObject({ alive: true, restarts: 1 });
    expect(scheduler?.pid).not.toBe(victim.pid);
  }, 20_000);
});

test('nothing listens beyond loopback', () => {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFileSync(path, 'utf8'));
  const port = Number(new URL(cluster.server).port).toString(16).toUpperCase().padStart(4, '0');
  const listening = tables
    .flatMap((table) => table.split('\n'))
    .filter((line) => line.split(/\s+/)[4] === '0A' && line.includes(`:${port} `));
  expect(listening.length).toBe(1);
  expect(listening[0]).toContain(`0100007F:${port}`);
});

async function processesOf(cluster: string): Promise<readonly ProcessRecord[]> {
  const { members } = await clusterStatus(stateDir, cluster);
  return members.flatMap(({ pid }) => recordOf(pid) ?? []);
}

test('members whose supervisor was killed are ended by the next start', async () => {
  const before = await processesOf(name);
  const { members } = await clusterStatus(stateDir, name);
  const supervisor = members.find((one) => one.name === 'supervisor');
  if (supervisor === undefined) throw new Error('there is no supervisor');
  process.kill(supervisor.pid, 'SIGKILL');
  await vi.waitFor(async () => {
    expect((await clusterStatus(stateDir, name)).state).toBe('stopped');
  });
  expect(await startCluster(input)).toMatchObject({ server: cluster.server, reused: false });
  expect(before.filter((record) => isAlive(record))).toEqual([]);
});

test('an attached cluster ends when the process that wanted it is killed', async () => {
  const other = { name: 'short', stateDir, binary: input.binary, attached: true };
  const module = fileURLToPath(new URL('./cluster.ts', import.meta.url));
  const text = `const { startCluster } = await import(${JSON.stringify(module)});
    await startCluster(${JSON.stringify(other)}); setInterval(() => {}, 1000); console.log('up');`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const records = await processesOf('short');
  expect(records.length).toBe(7);
  parent.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(records.filter((record) => isAlive(record))).toEqual([]);
  }, 30_000);
});

test('after a stop no process is left, and a start finds everything again', async () => {
  const records = await processesOf(name);
  expect(records.length).toBe(7);
  expect(await stopCluster(stateDir, name)).toBe(true);
  expect(records.filter((record) => isAlive(record))).toEqual([]);
  expect((await clusterStatus(stateDir, name)).state).toBe('stopped');

  const again = await startCluster(input);
  expect(again).toMatchObject({ server: cluster.server, reused: false });
  const api = new ApiClient(readKubeconfig(again.kubeconfigProvisioner));
  const found = await api.call({ method: 'GET', path: '/api/v1/namespaces/yh-pool-prod' });
  api.close();
  expect(found.status).toBe(200);
});
