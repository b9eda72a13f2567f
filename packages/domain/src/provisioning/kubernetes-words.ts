import type { ResourceName } from '../catalog/resources.ts';

/** One constant field manager for every server-side apply of the product. */
export const fieldManager = 'yunheng';

/** Who owns a namespace, and what binds it. Values are ids and codes, never names of people. */
export const labels = {
  managedBy: 'app.kubernetes.io/managed-by',
  pool: 'yunheng.io/pool',
  allocation: 'yunheng.io/allocation',
  tenant: 'yunheng.io/tenant',
  system: 'yunheng.io/system',
  person: 'yunheng.io/person',
} as const;

/** Rises with every task of an allocation; a write with a lower one is refused (law P5). */
export const generationAnnotation = 'yunheng.io/generation';

/** Objects inside a managed namespace. */
export const objectNames = {
  quota: 'yunheng',
  limits: 'yunheng',
  denyAll: 'yunheng-default-deny',
  allowOwn: 'yunheng-allow-own',
  defaultAccount: 'default',
} as const;

export const tenantClusterRole = 'yunheng-tenant-edit';

export const podSecurityLabels: Readonly<Record<string, string>> = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

/**
 * Keys of a ResourceQuota per resource. What has none (managed databases) is counted by the ledger alone.
 * Every key is always written, with 0 where nothing was granted: Kubernetes does not limit what is not named.
 */
export const quotaKeys: Readonly<Record<ResourceName, readonly string[]>> = {
  cpu: ['requests.cpu', 'limits.cpu'],
  memory: ['requests.memory', 'limits.memory'],
  storage: ['requests.storage'],
  gpu: ['requests.nvidia.com/gpu'],
  npu: ['requests.huawei.com/Ascend910'],
  database: [],
};

/** Keys of a worker node's allocatable per resource, the first one present counts. */
export const allocatableKeys: Readonly<Record<ResourceName, readonly string[]>> = {
  cpu: ['cpu'],
  memory: ['memory'],
  storage: ['yunheng.io/block-storage', 'ephemeral-storage'],
  gpu: ['nvidia.com/gpu'],
  npu: ['huawei.com/Ascend910'],
  database: ['yunheng.io/managed-database'],
};
