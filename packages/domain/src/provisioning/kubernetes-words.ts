import { allocatableKeys } from '../catalog/kubernetes.ts';
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

/** The revocation after which a person's account was made; a lower one than the person's last is out of date. */
export const epochAnnotation = 'yunheng.io/access-epoch';

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
 * Keys of a worker's allocatable. Block storage and databases are no part of a machine: the cluster's administrator
 * declares them as extended resources of the pool's workers.
 */
export const workerKeys = {
  ...allocatableKeys,
  storage: 'yunheng.io/block-storage',
  database: 'yunheng.io/managed-database',
} as const satisfies Record<ResourceName, string>;
