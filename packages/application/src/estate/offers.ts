import { freeInPools, type StageTotal } from '@yunheng/db/queries/capacity';
import { cloudNodes, pools } from '@yunheng/db/queries/estate';
import type { Row } from '@yunheng/db/store';
import {
  resourceNames,
  type Architecture,
  type PoolClass,
  type ResourceAmounts,
  type ResourceName,
} from '@yunheng/domain/catalog/resources';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { resourceOf } from './cells.ts';

export interface Offer {
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly free: ResourceAmounts;
}

export interface Offers {
  readonly at: Instant;
  readonly nodes: (Pick<Row<'cloudNodes'>, 'id' | 'code' | 'name' | 'tier'> & {
    readonly offers: Offer[];
  })[];
}

/** Live free capacity by node, architecture and class: what the request form shows while somebody types. */
export async function offers(deps: Deps, call: Call): Outcome<Offers> {
  const subject = { subjectKind: 'estate', subjectId: 'offers', tenantId: null };
  const allowed = await permit(deps, call, { action: 'estate.offers', subject });
  if (!allowed.ok) return allowed;
  const [nodeRows, poolRows, totals] = await Promise.all([
    cloudNodes(deps.store),
    pools(deps.store),
    freeInPools(deps.store),
  ]);
  const freeByPool = Map.groupBy(totals, (total) => total.scope);
  const poolsByNode = Map.groupBy(poolRows, (pool) => pool.cloudNodeId);
  const nodes = nodeRows.map(({ id, code, name, tier }) => {
    const rows = poolsByNode.get(id) ?? [];
    return { id, code, name, tier, offers: offersOf(rows, freeByPool) };
  });
  return ok({ at: deps.clock.business(), nodes });
}

function offersOf(
  rows: readonly Row<'pools'>[],
  freeByPool: ReadonlyMap<string, readonly StageTotal[]>,
): Offer[] {
  const best = new Map<string, Offer>();
  for (const { id, arch, poolClass } of rows) {
    const free = amountsOf(freeByPool.get(id) ?? []);
    const key = `${arch} ${poolClass}`;
    const scarce = scarceResource[poolClass];
    if ((best.get(key)?.free[scarce] ?? -1) >= (free[scarce] ?? 0)) continue;
    best.set(key, { arch, poolClass, free });
  }
  return [...best.values()];
}

/** Of several pools of a kind the one with most of what the class is for. */
const scarceResource: Readonly<Record<PoolClass, ResourceName>> = {
  general: 'cpu',
  gpu: 'gpu',
  npu: 'npu',
};

/** Free may stand below zero after a loss of workers; nothing less than nothing is offered. */
function amountsOf(totals: readonly StageTotal[]): ResourceAmounts {
  const free: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames) {
    const total = totals.find((one) => resourceOf(one.commodity) === resource);
    if (total !== undefined) free[resource] = Math.max(0, total.balance);
  }
  return free;
}
