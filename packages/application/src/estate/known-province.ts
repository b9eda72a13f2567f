import { quotaTotals, type StageTotal } from '@yunheng/db/queries/capacity';
import { catalogVersions } from '@yunheng/db/queries/catalog';
import { cloudNodes, clusters, departments, pools } from '@yunheng/db/queries/estate';
import { allSystems } from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import type { Store } from '@yunheng/db/store';
import {
  resourceNames,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import { addAmounts } from '@yunheng/kernel/quantity';
import { resourceOf } from './cells.ts';
import { key, type Known } from './province-rows.ts';

/** What is registered already, by code. */
export async function readKnown(store: Store): Promise<Known> {
  const [departmentRows, quota, systemRows, nodeRows, clusterRows, poolRows, versions] =
    await Promise.all([
      departments(store, wholeProvince),
      quotaTotals(store, null),
      allSystems(store, wholeProvince),
      cloudNodes(store),
      clusters(store),
      pools(store),
      catalogVersions(store),
    ]);
  return {
    departments: new Map(departmentRows.map((row) => [row.code, row])),
    entitlements: entitlementsOf(quota),
    systems: new Map(systemRows.map((row) => [key(row.departmentId, row.code), row])),
    cloudNodes: new Map(nodeRows.map((row) => [row.code, row])),
    clusters: new Map(clusterRows.map((row) => [row.name, row.id])),
    pools: new Map(poolRows.map((row) => [row.code, row])),
    documents: new Map(versions.map((row) => [key(row.kind, row.code, row.revision), row])),
  };
}

/** What the authority issued to each department: free, held and used by its systems together (law L2). */
function entitlementsOf(totals: readonly StageTotal[]): ReadonlyMap<string, ResourceAmounts> {
  const byDepartment = new Map<string, Partial<Record<ResourceName, number>>>();
  for (const { scope, commodity, balance } of totals) {
    const resource = resourceNames.find((one) => one === resourceOf(commodity));
    if (resource === undefined) continue;
    const amounts = byDepartment.get(scope) ?? {};
    amounts[resource] = addAmounts(amounts[resource] ?? 0, balance);
    byDepartment.set(scope, amounts);
  }
  return byDepartment;
}
