import type {
  V1LimitRange,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1Pod,
  V1ResourceQuota,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import type {
  ClusterIdentity,
  NamespaceView,
  PodCheck,
  PoolReading,
  StrayPod,
} from '@yunheng/domain/provisioning/cluster';
import { fieldManager, labels, objectNames } from '@yunheng/domain/provisioning/kubernetes-words';
import type { Api } from './api.ts';
import { coreIn, namespacePath, policiesIn } from './objects.ts';
import { listAll } from './transport.ts';
import { namespaceView, poolReadings, type Wire } from './views.ts';

const managed = { labelSelector: `${labels.managedBy}=${fieldManager}` };

export async function identify({ transport }: Api): Promise<ClusterIdentity> {
  const [system, version] = await Promise.all([
    transport.send<Wire<V1Namespace>>({ method: 'GET', path: namespacePath('kube-system') }),
    transport.send<{ readonly gitVersion: string }>({ method: 'GET', path: '/version' }),
  ]);
  return { uid: system.body.metadata?.uid ?? '', version: version.body.gitVersion };
}

export async function readPools({ transport }: Api): Promise<readonly PoolReading[]> {
  const { items } = await listAll<Wire<V1Node>>(transport, '/api/v1/nodes', {
    labelSelector: labels.pool,
  });
  return poolReadings(items);
}

/** One call says that there is nothing; the four others are made side by side when there is something. */
export async function observe(api: Api, namespace: string): Promise<NamespaceView | null> {
  const get = <T>(path: string) => api.transport.find<T>({ method: 'GET', path });
  const found = await get<Wire<V1Namespace>>(namespacePath(namespace));
  if (found === null) return null;
  const [quota, limits, denyAll, account] = await Promise.all([
    get<Wire<V1ResourceQuota>>(`${coreIn(namespace, 'resourcequotas')}/${objectNames.quota}`),
    get<Wire<V1LimitRange>>(`${coreIn(namespace, 'limitranges')}/${objectNames.limits}`),
    get<Wire<V1NetworkPolicy>>(`${policiesIn(namespace)}/${objectNames.denyAll}`),
    get<Wire<V1ServiceAccount>>(
      `${coreIn(namespace, 'serviceaccounts')}/${objectNames.defaultAccount}`,
    ),
  ]);
  return namespaceView({
    namespace: found.body,
    quota: quota?.body,
    limits: limits?.body,
    policies: denyAll === null ? [] : [denyAll.body],
    defaultAccount: account?.body,
  });
}

export async function listManaged({ transport }: Api): Promise<readonly NamespaceView[]> {
  const [namespaces, quotas, limits, policies, accounts] = await Promise.all([
    listAll<Wire<V1Namespace>>(transport, '/api/v1/namespaces', managed),
    listAll<Wire<V1ResourceQuota>>(transport, '/api/v1/resourcequotas', {
      fieldSelector: `metadata.name=${objectNames.quota}`,
    }),
    listAll<Wire<V1LimitRange>>(transport, '/api/v1/limitranges', {
      fieldSelector: `metadata.name=${objectNames.limits}`,
    }),
    listAll<Wire<V1NetworkPolicy>>(transport, '/apis/networking.k8s.io/v1/networkpolicies', {
      fieldSelector: `metadata.name=${objectNames.denyAll}`,
    }),
    listAll<Wire<V1ServiceAccount>>(transport, '/api/v1/serviceaccounts', {
      fieldSelector: `metadata.name=${objectNames.defaultAccount}`,
    }),
  ]);
  const quotaOf = byNamespace(quotas.items);
  const limitsOf = byNamespace(limits.items);
  const policyOf = byNamespace(policies.items);
  const accountOf = byNamespace(accounts.items);
  return namespaces.items.map((namespace) => {
    const name = namespace.metadata?.name ?? '';
    const policy = policyOf.get(name);
    return namespaceView({
      namespace,
      quota: quotaOf.get(name),
      limits: limitsOf.get(name),
      policies: policy === undefined ? [] : [policy],
      defaultAccount: accountOf.get(name),
    });
  });
}

export async function strayPods({ transport }: Api): Promise<PodCheck> {
  const [namespaces, nodes, pods] = await Promise.all([
    listAll<Wire<V1Namespace>>(transport, '/api/v1/namespaces', managed),
    listAll<Wire<V1Node>>(transport, '/api/v1/nodes'),
    listAll<Wire<V1Pod>>(transport, '/api/v1/pods', { fieldSelector: 'spec.nodeName!=' }),
  ]);
  const poolOfNamespace = poolsByName(namespaces.items);
  const poolOfWorker = poolsByName(nodes.items);
  let checked = 0;
  const strays: StrayPod[] = [];
  for (const { metadata, spec } of pods.items) {
    const namespace = metadata?.namespace ?? '';
    const pool = poolOfNamespace.get(namespace);
    if (pool === undefined) continue;
    checked += 1;
    const worker = spec?.nodeName ?? '';
    const workerPool = poolOfWorker.get(worker) ?? null;
    if (workerPool !== pool)
      strays.push({ namespace, pod: metadata?.name ?? '', worker, pool, workerPool });
  }
  return { checked, strays };
}

interface Placed {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

const byNamespace = <T extends Placed>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.metadata?.namespace ?? '', item]));

function poolsByName(items: readonly Placed[]): ReadonlyMap<string, string> {
  const pools = new Map<string, string>();
  for (const { metadata } of items) {
    const pool = metadata?.labels?.[labels.pool];
    if (pool !== undefined) pools.set(metadata?.name ?? '', pool);
  }
  return pools;
}
