import { capacityCommodity } from '@yunheng/domain/ledger/accounts';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { and, desc, eq, gt } from 'drizzle-orm';
import type { Store } from '../store.ts';

/** Who keeps a part of a pool's resource, by request or allocation. Unscoped: the caller decides what a reader may see. */
export interface Holder {
  readonly kind: 'held' | 'allocated';
  readonly tenantId: string;
  readonly label: string;
  readonly requestId: string | null;
  readonly systemId: string | null;
  readonly resource: ResourceName;
  readonly amount: number;
  readonly expiresAt: number | null;
}

/** Null asks for every resource of the pool at once. */
export async function holdersOfPool(
  store: Store,
  poolId: string,
  resource: ResourceName | null,
): Promise<Holder[]> {
  const [held, allocated] = await Promise.all([
    heldInPool(store, poolId, resource),
    allocatedInPool(store, poolId, resource),
  ]);
  return [...held, ...allocated];
}

async function heldInPool(
  store: Store,
  poolId: string,
  resource: ResourceName | null,
): Promise<Holder[]> {
  const { holds, quotaRequests } = store.tables;
  const rows = await store.read
    .select({
      tenantId: quotaRequests.tenantId,
      number: quotaRequests.number,
      requestId: quotaRequests.id,
      systemId: quotaRequests.systemId,
      resource: holds.resource,
      amount: holds.amount,
      expiresAt: holds.expiresAt,
    })
    .from(holds)
    .innerJoin(quotaRequests, eq(quotaRequests.id, holds.requestId))
    .where(
      and(
        eq(holds.poolId, poolId),
        eq(holds.state, 'live'),
        resource === null ? undefined : eq(holds.resource, resource),
      ),
    )
    .orderBy(desc(holds.amount), holds.id);
  return rows.map(({ number, ...row }) => ({
    kind: 'held',
    label: number ?? row.requestId,
    ...row,
    resource: row.resource as ResourceName, // written from a line's resource
  }));
}

async function allocatedInPool(
  store: Store,
  poolId: string,
  resource: ResourceName | null,
): Promise<Holder[]> {
  const { ledgerBalances, allocations } = store.tables;
  const rows = await store.read
    .select({
      tenantId: allocations.tenantId,
      label: allocations.namespace,
      systemId: allocations.systemId,
      commodity: ledgerBalances.commodity,
      amount: ledgerBalances.balance,
    })
    .from(ledgerBalances)
    .innerJoin(allocations, eq(allocations.id, ledgerBalances.owner))
    .where(
      and(
        eq(ledgerBalances.scope, poolId),
        eq(ledgerBalances.stage, 'allocated'),
        resource === null
          ? undefined
          : eq(ledgerBalances.commodity, capacityCommodity(poolId, resource)),
        gt(ledgerBalances.balance, 0),
      ),
    )
    .orderBy(desc(ledgerBalances.balance), allocations.namespace);
  return rows.map(({ commodity, ...row }) => ({
    kind: 'allocated',
    requestId: null,
    expiresAt: null,
    ...row,
    resource: commodity.slice(commodity.indexOf(':') + 1) as ResourceName, // written by the account builders
  }));
}
