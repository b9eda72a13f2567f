import type { Architecture, PoolClass, ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { Columns } from '../../columns/postgres.ts';

export type Tier = 'provincial' | 'industry' | 'city' | 'edge';

export const defineEstate = (c: Columns) => ({
  departments: c.table(
    'departments',
    {
      id: c.id().primaryKey(),
      tenantId: c.id().notNull(),
      code: c.text().notNull(),
      name: c.text().notNull(),
      divisionCode: c.text().notNull(),
      effectiveFrom: c.instant().notNull(),
      effectiveTo: c.instant(),
      recordedAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('departments_code_uq').on(t.code)],
  ),
  informationSystems: c.table(
    'information_systems',
    {
      id: c.id().primaryKey(),
      tenantId: c.id().notNull(),
      departmentId: c.id().notNull(),
      code: c.text().notNull(),
      name: c.text().notNull(),
      /** 等保 level: 2 or 3. */
      protectionLevel: c.integer().notNull(),
      drTier: c.text().notNull(),
      recordedAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('information_systems_code_uq').on(t.departmentId, t.code),
      c.index('information_systems_tenant_ix').on(t.tenantId),
    ],
  ),
  cloudNodes: c.table(
    'cloud_nodes',
    {
      id: c.id().primaryKey(),
      code: c.text().notNull(),
      name: c.text().notNull(),
      tier: c.text().$type<Tier>().notNull(),
      divisionCode: c.text().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('cloud_nodes_code_uq').on(t.code)],
  ),
  clusters: c.table(
    'clusters',
    {
      id: c.id().primaryKey(),
      name: c.text().notNull(),
      /** UID of kube-system: how a cluster is recognised. Null until it answered once. */
      uid: c.text(),
      kubernetesVersion: c.text(),
      lastSeenAt: c.instant(),
      state: c.text().$type<'preparing' | 'ready' | 'away'>().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('clusters_name_uq').on(t.name)],
  ),
  pools: c.table(
    'pools',
    {
      id: c.id().primaryKey(),
      /** Value of the label `yunheng.io/pool`. */
      code: c.text().notNull(),
      cloudNodeId: c.id().notNull(),
      clusterId: c.id().notNull(),
      arch: c.text().$type<Architecture>().notNull(),
      poolClass: c.text().$type<PoolClass>().notNull(),
      /** Declared overcommit of cpu in thousandths; 1000 is none. Memory, storage and cards are never promised twice. */
      overcommitPermille: c.integer().notNull(),
      /** Allocatable as last read from the cluster's Node objects; the ledger's supply follows it. */
      observed: c.json<ResourceAmounts>(),
      observedAt: c.instant(),
      /** How many worker nodes carried the pool's label then. */
      workers: c.integer(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('pools_code_uq').on(t.code), c.index('pools_node_ix').on(t.cloudNodeId)],
  ),
  /** Versioned data of every kind: policy, catalogue item, calendar. Published rows never change (design 7). */
  versionedDocuments: c.table(
    'versioned_documents',
    {
      id: c.id().primaryKey(),
      kind: c.text().$type<'policy' | 'catalog_item' | 'calendar'>().notNull(),
      code: c.text().notNull(),
      revision: c.integer().notNull(),
      state: c.text().$type<'draft' | 'published' | 'retired'>().notNull(),
      body: c.json<unknown>().notNull(),
      digest: c.text().notNull(),
      clause: c.text().notNull(),
      effectiveFrom: c.instant().notNull(),
      effectiveTo: c.instant(),
      recordedAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('versioned_documents_uq').on(t.kind, t.code, t.revision)],
  ),
});
