/** What a pool carries and a quota counts. The canonical unit of each is fixed for ever (design 7, Units). */
export const resources = {
  cpu: { unit: 'm' },
  memory: { unit: 'MiB' },
  storage: { unit: 'MiB' },
  gpu: { unit: 'count' },
  npu: { unit: 'count' },
  database: { unit: 'count' },
} as const satisfies Record<string, { unit: 'm' | 'MiB' | 'count' }>;

export type ResourceName = keyof typeof resources;
export const resourceNames = Object.keys(resources) as readonly ResourceName[]; // keys of a closed object

export type ResourceAmounts = Readonly<Partial<Record<ResourceName, number>>>;

export const architectures = ['x86-64', 'arm64'] as const;
export type Architecture = (typeof architectures)[number];

export const poolClasses = ['general', 'gpu', 'npu'] as const;
export type PoolClass = (typeof poolClasses)[number];
