import { departments } from '@yunheng/db/queries/estate';
import {
  environmentsOfSystems,
  openRequestsOfSystems,
  promisedToSystems,
} from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import type { Row, Store } from '@yunheng/db/store';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { environments, type Environment } from '@yunheng/domain/quota/request';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface SystemRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly department: Named;
  readonly protectionLevel: number;
  readonly drTier: string;
  readonly environments: Environment[];
  readonly allocated: ResourceAmounts;
  readonly openRequests: number;
}

/** Systems with what the ledger and the requests say about each: four statements for a whole page. */
export async function systemRows(
  store: Store,
  systems: readonly Row<'informationSystems'>[],
): Promise<SystemRow[]> {
  const ids = systems.map((system) => system.id);
  const [departmentRows, promised, standing, open] = await Promise.all([
    departments(store, wholeProvince),
    promisedToSystems(store, ids),
    environmentsOfSystems(store, ids),
    openRequestsOfSystems(store, ids),
  ]);
  const names = new Map(departmentRows.map((row) => [row.id, row.name]));
  const amounts = Map.groupBy(promised, (row) => row.systemId);
  const requests = new Map(open.map((row) => [row.systemId, row.count]));
  return systems.map(({ id, code, name, departmentId, protectionLevel, drTier }) => ({
    id,
    code,
    name,
    department: { id: departmentId, name: names.get(departmentId) ?? departmentId },
    protectionLevel,
    drTier,
    environments: environments.filter((environment) =>
      standing.some((row) => row.systemId === id && row.environment === environment),
    ),
    allocated: foldAmounts(amounts.get(id) ?? []),
    openRequests: requests.get(id) ?? 0,
  }));
}

export function foldAmounts(
  rows: readonly { readonly resource: ResourceName; readonly amount: number }[],
): ResourceAmounts {
  const folded: Partial<Record<ResourceName, number>> = {};
  for (const { resource, amount } of rows) folded[resource] = (folded[resource] ?? 0) + amount;
  return folded;
}
