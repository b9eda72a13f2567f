import { capacityTotals } from '@yunheng/db/queries/capacity';
import { pools as poolRows } from '@yunheng/db/queries/estate';
import type { Row, Update } from '@yunheng/db/store';
import { equalAmounts } from '@yunheng/domain/catalog/amounts';
import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { supplyOf } from '@yunheng/domain/estate/supply';
import { adjustSupply } from '@yunheng/domain/ledger/adjust-supply';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { PoolReading } from '@yunheng/domain/provisioning/cluster';
import type { Deps } from '../deps.ts';
import { cellsByPool, freeOf, suppliesOf, type CapacityCell } from '../estate/cells.ts';

export type SupplyFinding =
  /** A pool of the estate that no worker carries the label of: its supply is left as it was. */
  | { readonly kind: 'pool_without_workers'; readonly pool: string }
  /** Less than what is promised already: nobody's hold is taken, somebody has to add workers or release. */
  | {
      readonly kind: 'supply_uncovered';
      readonly pool: string;
      readonly uncovered: ResourceAmounts;
    };

export interface SupplyRows {
  readonly transfers: readonly TransferDraft[];
  readonly updates: readonly Update[];
  readonly findings: readonly SupplyFinding[];
}

/** What a reading changes in the ledger: one supply transfer and one row for each pool that is not as it was. */
export async function supplyRows(
  deps: Deps,
  cluster: Row<'clusters'>,
  readings: readonly PoolReading[],
): Promise<SupplyRows> {
  const [pools, totals] = await Promise.all([
    poolRows(deps.store),
    capacityTotals(deps.store, null),
  ]);
  const cells = cellsByPool(totals);
  const byCode = new Map(readings.map((reading) => [reading.pool, reading]));
  const all = pools
    .filter((pool) => pool.clusterId === cluster.id)
    .map((pool) =>
      poolSupply(deps, pool, { reading: byCode.get(pool.code), cells: cells.get(pool.id) ?? [] }),
    );
  return {
    transfers: all.flatMap((one) => one.transfers),
    updates: all.flatMap((one) => one.updates),
    findings: all.flatMap((one) => one.findings),
  };
}

interface PoolNow {
  readonly reading: PoolReading | undefined;
  readonly cells: readonly CapacityCell[];
}

function poolSupply(deps: Deps, pool: Row<'pools'>, { reading, cells }: PoolNow): SupplyRows {
  if (reading === undefined)
    return {
      transfers: [],
      updates: [],
      findings: [{ kind: 'pool_without_workers', pool: pool.code }],
    };
  const wanted = supplyOf(reading.allocatable, pool.overcommitPermille);
  const current = { supply: suppliesOf(cells), free: freeOf(cells) };
  const { entries, uncovered } = adjustSupply(pool.id, current, wanted);
  const findings: readonly SupplyFinding[] =
    Object.keys(uncovered).length === 0
      ? []
      : [{ kind: 'supply_uncovered', pool: pool.code, uncovered }];
  const same = pool.observed !== null && equalAmounts(pool.observed, reading.allocatable);
  if (same && entries.length === 0) return { transfers: [], updates: [], findings };
  const now = deps.clock.business();
  return {
    // The row's version counts the readings: the same capacity read twice with another between is two causes.
    transfers:
      entries.length === 0
        ? []
        : [
            {
              id: deps.ids.next('transfer'),
              cause: { kind: 'supply', id: `${pool.id}:${pool.version}` },
              effectiveAt: now,
              entries,
            },
          ],
    updates: [
      {
        table: 'pools',
        key: pool.id,
        version: pool.version,
        set: { observed: reading.allocatable, observedAt: now, workers: reading.workers },
      },
    ],
    findings,
  };
}
