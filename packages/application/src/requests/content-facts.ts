import { documentsByIds } from '@yunheng/db/queries/catalog';
import { poolById, poolsOfNodes } from '@yunheng/db/queries/estate';
import { balancesOfAccounts, balancesOfOwner } from '@yunheng/db/queries/balances';
import { allocationById, openRequestsOfAllocation } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row, Store } from '@yunheng/db/store';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { capacityAccounts } from '@yunheng/domain/ledger/accounts';
import type { ContentFacts, ItemFacts } from '@yunheng/domain/quota/check-content';
import type { Occupant } from '@yunheng/domain/quota/occupant';
import type { AllocationFacts, PoolFacts } from '@yunheng/domain/quota/effect';
import type { RequestContent } from '@yunheng/domain/quota/request';
import type { Instant } from '@yunheng/kernel/clock';
import { mayRead, occupantsOf, type Asker } from './occupants.ts';

/** Everything that a content is judged against, read in one go. The same for preview and submission. */
export async function loadContentFacts(
  store: Store,
  content: RequestContent,
  of: Asker & { at: Instant },
): Promise<ContentFacts> {
  const nodeIds = [...new Set(content.lines.map((line) => line.cloudNodeId))];
  const itemIds = [...new Set(content.lines.map((line) => line.itemVersionId))];
  const [documents, pools, allocation, occupants] = await Promise.all([
    itemIds.length === 0 ? [] : documentsByIds(store, itemIds),
    nodeIds.length === 0 ? [] : poolsWithFree(store, await poolsOfNodes(store, nodeIds)),
    content.allocationId === null ? null : loadAllocation(store, content.allocationId, of),
    content.kind === 'new' ? occupantsOf(store, content, of) : new Map<string, Occupant>(),
  ]);
  return {
    items: new Map(
      documents.filter((row) => isInForce(row, of.at)).map((row) => [row.id, itemFacts(row)]),
    ),
    pools: await withStandingPool(store, pools, allocation),
    allocation,
    occupants,
  };
}

/** A change that asks for another place is told by name where its namespace stands. */
async function withStandingPool(
  store: Store,
  pools: readonly PoolFacts[],
  allocation: AllocationFacts | null,
): Promise<readonly PoolFacts[]> {
  const known = allocation === null || pools.some((pool) => pool.id === allocation.poolId);
  const standing = known ? null : await poolById(store, allocation.poolId);
  return standing === null ? pools : [...pools, ...(await poolsWithFree(store, [standing]))];
}

const isInForce = (row: Row<'versionedDocuments'>, at: Instant): boolean =>
  row.state === 'published' &&
  row.effectiveFrom <= at &&
  (row.effectiveTo === null || at < row.effectiveTo);

const itemFacts = (row: Row<'versionedDocuments'>): ItemFacts => {
  const body = row.body as ItemBody; // published by the product itself from a checked document
  return {
    itemVersionId: row.id,
    resource: body.resource,
    arch: body.arch,
    poolClass: body.poolClass,
    min: body.min,
    step: body.step,
    max: body.max,
  };
};

/** Pools with what the ledger has free in each. */
export async function poolsWithFree(
  store: Store,
  pools: readonly Row<'pools'>[],
): Promise<PoolFacts[]> {
  const balances = await balancesOfAccounts(
    store,
    pools.map((pool) => capacityAccounts.free(pool.id)),
  );
  const freeOf = amountsByScope(balances);
  return pools.map((pool) => ({
    id: pool.id,
    code: pool.code,
    cloudNodeId: pool.cloudNodeId,
    clusterId: pool.clusterId,
    arch: pool.arch,
    poolClass: pool.poolClass,
    free: freeOf.get(pool.id) ?? {},
  }));
}

async function loadAllocation(
  store: Store,
  id: string,
  { requestId, reader }: Asker,
): Promise<AllocationFacts | null> {
  const row = await allocationById(store, wholeProvince, id);
  if (row === null) return null;
  const [balances, open] = await Promise.all([
    balancesOfOwner(store, id),
    openRequestsOfAllocation(store, id),
  ]);
  const other = open.find((request) => request.id !== requestId);
  return {
    id,
    poolId: row.poolId,
    systemId: row.systemId,
    environment: row.environment,
    active: row.state === 'active',
    underWay:
      other === undefined
        ? null
        : { number: mayRead(reader, other.tenantId) ? other.number : null },
    allocated: amountsByScope(balances).get(row.poolId) ?? {},
  };
}

/** Balances folded into resource amounts per pool or department. */
export function amountsByScope(
  balances: readonly Row<'ledgerBalances'>[],
): Map<string, ResourceAmounts> {
  const folded = new Map<string, Partial<Record<ResourceName, number>>>();
  for (const row of balances) {
    const amounts = folded.get(row.scope) ?? {};
    const resource = row.commodity.slice(row.commodity.indexOf(':') + 1) as ResourceName; // written by the account builders
    amounts[resource] = (amounts[resource] ?? 0) + row.balance;
    folded.set(row.scope, amounts);
  }
  return folded;
}
