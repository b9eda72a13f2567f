import type { ResourceName } from '@yunheng/domain/catalog/resources';
import {
  and,
  count,
  countDistinct,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  ne,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import { inScope, type Scope } from '../scope.ts';
import type { Row, Store } from '../store.ts';

export const allSystems = (store: Store, scope: Scope): Promise<Row<'informationSystems'>[]> => {
  const { informationSystems: table } = store.tables;
  return store.read.select().from(table).where(inScope(table.tenantId, scope));
};

/** What the ledger has promised to each system, by resource: the quota book's side of its allocations. */
export async function promisedToSystems(
  store: Store,
  systemIds: readonly string[],
): Promise<
  { readonly systemId: string; readonly resource: ResourceName; readonly amount: number }[]
> {
  if (systemIds.length === 0) return [];
  const { ledgerBalances: table } = store.tables;
  const rows = await store.read
    .select({ systemId: table.owner, commodity: table.commodity, amount: table.balance })
    .from(table)
    .where(
      and(inArray(table.owner, [...systemIds]), eq(table.stage, 'system'), gt(table.balance, 0)),
    );
  return rows.map(({ systemId, commodity, amount }) => ({
    systemId,
    resource: commodity.slice(commodity.indexOf(':') + 1) as ResourceName, // written by the account builders
    amount,
  }));
}

/** Environments that stand, whatever their state short of removed. */
export async function environmentsOfSystems(
  store: Store,
  systemIds: readonly string[],
): Promise<Pick<Row<'allocations'>, 'systemId' | 'environment'>[]> {
  if (systemIds.length === 0) return [];
  const { allocations: table } = store.tables;
  return store.read
    .selectDistinct({ systemId: table.systemId, environment: table.environment })
    .from(table)
    .where(and(inArray(table.systemId, [...systemIds]), ne(table.state, 'removed')));
}

const underWay = ['in_review', 'returned', 'approved', 'failed'] as const;

export async function openRequestsOfSystems(
  store: Store,
  systemIds: readonly string[],
): Promise<{ readonly systemId: string; readonly count: number }[]> {
  if (systemIds.length === 0) return [];
  const { quotaRequests: table } = store.tables;
  return store.read
    .select({ systemId: table.systemId, count: count() })
    .from(table)
    .where(and(inArray(table.systemId, [...systemIds]), inArray(table.state, [...underWay])))
    .groupBy(table.systemId);
}

/** Every allocation of a system, removed ones last. */
export const allocationsOfSystem = (
  store: Store,
  scope: Scope,
  systemId: string,
): Promise<Row<'allocations'>[]> => {
  const { allocations: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.systemId, systemId), inScope(table.tenantId, scope)))
    .orderBy(sql`case when ${eq(table.state, 'removed')} then 1 else 0 end`, desc(table.id));
};

export async function grantsOfAllocations(
  store: Store,
  allocationIds: readonly string[],
): Promise<Row<'quotaGrants'>[]> {
  if (allocationIds.length === 0) return [];
  const { quotaGrants: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.allocationId, [...allocationIds]))
    .orderBy(desc(table.effectiveFrom), desc(table.id));
}

export interface DepartmentCounts {
  readonly requests: readonly {
    readonly state: Row<'quotaRequests'>['state'];
    readonly count: number;
  }[];
  readonly systems: number;
  readonly environments: number;
}

/** A draft counts for the person who writes it and for nobody else. */
export async function departmentCounts(
  store: Store,
  departmentId: string,
  viewerId: string,
): Promise<DepartmentCounts> {
  const { quotaRequests, informationSystems, allocations } = store.tables;
  const [requests, systems, environments] = await Promise.all([
    store.read
      .select({ state: quotaRequests.state, count: count() })
      .from(quotaRequests)
      .where(and(eq(quotaRequests.departmentId, departmentId), notOthersDraft(store, viewerId)))
      .groupBy(quotaRequests.state),
    store.read.$count(informationSystems, eq(informationSystems.departmentId, departmentId)),
    store.read
      .select({
        count: countDistinct(sql`${allocations.systemId} || ' ' || ${allocations.environment}`),
      })
      .from(allocations)
      .where(and(eq(allocations.departmentId, departmentId), ne(allocations.state, 'removed'))),
  ]);
  return { requests, systems, environments: environments[0]?.count ?? 0 };
}

export interface RecentRequest {
  readonly request: Row<'quotaRequests'>;
  readonly systemName: string;
  readonly stepCode: string | null;
}

export async function recentRequests(
  store: Store,
  departmentId: string,
  of: { readonly viewerId: string; readonly limit: number },
): Promise<RecentRequest[]> {
  const { quotaRequests, informationSystems, approvalSteps } = store.tables;
  return store.read
    .select({
      request: quotaRequests,
      systemName: informationSystems.name,
      stepCode: approvalSteps.code,
    })
    .from(quotaRequests)
    .innerJoin(informationSystems, eq(informationSystems.id, quotaRequests.systemId))
    .leftJoin(approvalSteps, eq(approvalSteps.id, quotaRequests.currentStepId))
    .where(and(eq(quotaRequests.departmentId, departmentId), notOthersDraft(store, of.viewerId)))
    .orderBy(desc(quotaRequests.updatedAt), desc(quotaRequests.id))
    .limit(of.limit);
}

export interface RestingRequest {
  readonly request: Row<'quotaRequests'>;
  readonly systemName: string;
  readonly opinion: string | null;
  readonly task: Row<'provisioningTasks'> | null;
}

/** Requests that go on only when somebody acts: the viewer's drafts, sent back, failed, and to be vacated. */
export async function restingRequests(
  store: Store,
  departmentId: string,
  of: { readonly viewerId: string; readonly limit: number },
): Promise<RestingRequest[]> {
  const { quotaRequests, informationSystems, approvalSteps, provisioningTasks } = store.tables;
  return store.read
    .select({
      request: quotaRequests,
      systemName: informationSystems.name,
      opinion: approvalSteps.opinion,
      task: provisioningTasks,
    })
    .from(quotaRequests)
    .innerJoin(informationSystems, eq(informationSystems.id, quotaRequests.systemId))
    .leftJoin(
      approvalSteps,
      and(
        eq(approvalSteps.requestId, quotaRequests.id),
        eq(approvalSteps.revision, quotaRequests.revision),
        eq(approvalSteps.state, 'returned'),
      ),
    )
    .leftJoin(
      provisioningTasks,
      and(
        eq(provisioningTasks.requestId, quotaRequests.id),
        inArray(provisioningTasks.state, ['failed', 'waiting_vacate']),
      ),
    )
    .where(
      and(
        eq(quotaRequests.departmentId, departmentId),
        notOthersDraft(store, of.viewerId),
        or(
          inArray(quotaRequests.state, ['draft', 'returned', 'failed']),
          and(eq(quotaRequests.state, 'approved'), isNotNull(provisioningTasks.id)),
        ),
      ),
    )
    .orderBy(desc(quotaRequests.updatedAt), desc(quotaRequests.id))
    .limit(of.limit);
}

const notOthersDraft = (store: Store, viewerId: string): SQL | undefined => {
  const { quotaRequests: table } = store.tables;
  return or(ne(table.state, 'draft'), eq(table.applicantId, viewerId));
};

/** Names that are or were in use, over all clusters: a name is never used twice. */
export async function namespacesEver(store: Store): Promise<string[]> {
  const { allocations: table } = store.tables;
  const rows = await store.read.select({ namespace: table.namespace }).from(table);
  return rows.map((row) => row.namespace);
}

/** What the capacity book has allocated to each of these allocations. */
export async function allocatedToOwners(
  store: Store,
  allocationIds: readonly string[],
): Promise<
  { readonly allocationId: string; readonly resource: ResourceName; readonly amount: number }[]
> {
  if (allocationIds.length === 0) return [];
  const { ledgerBalances: table } = store.tables;
  const rows = await store.read
    .select({ allocationId: table.owner, commodity: table.commodity, amount: table.balance })
    .from(table)
    .where(
      and(
        inArray(table.owner, [...allocationIds]),
        eq(table.stage, 'allocated'),
        gt(table.balance, 0),
      ),
    );
  return rows.map(({ allocationId, commodity, amount }) => ({
    allocationId,
    resource: commodity.slice(commodity.indexOf(':') + 1) as ResourceName, // written by the account builders
    amount,
  }));
}
