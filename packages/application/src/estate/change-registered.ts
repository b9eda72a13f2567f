import { capacityTotals } from '@yunheng/db/queries/capacity';
import type { Change, Row } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { supplyOf } from '@yunheng/domain/estate/supply';
import { adjustSupply, type SupplyAdjustment } from '@yunheng/domain/ledger/adjust-supply';
import { entitlementEntries } from '@yunheng/domain/ledger/book-entries';
import type { ErrorParams } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps } from '../deps.ts';
import { cellsByPool, freeOf, suppliesOf, type CapacityCell } from './cells.ts';
import type { Difference } from './province-differences.ts';
import type { Known } from './province-rows.ts';
import type { ProvinceInput } from './province.ts';

interface Registered {
  readonly input: ProvinceInput;
  readonly known: Known;
  readonly differences: readonly Difference[];
  /** Goes into every audit entry: where the new values come from. */
  readonly origin: ErrorParams;
}

/** One department or pool: what is to be committed, null where less would be left than is promised already. */
export interface Wanted {
  /** Beginning of the paths that it takes over. */
  readonly area: string;
  readonly change: Change | null;
}

/** Entitlements by transfers of the quota book, overcommits by transfers of the capacity book; each alone. */
export async function changesOfRegistered(
  deps: Deps,
  call: Call,
  of: Registered,
): Promise<readonly Wanted[]> {
  const areas = new Set(
    of.differences
      .filter(({ remedy }) => remedy === 'ask')
      .map(({ path }) => path.split('.').slice(0, 2).join('.')),
  );
  if (areas.size === 0) return [];
  const cells = cellsByPool(await capacityTotals(deps.store, null));
  const departments = of.input.departments.flatMap(({ code, entitlement }, index): Wanted[] => {
    const area = `departments.${index}`;
    const row = of.known.departments.get(code);
    if (row === undefined || !areas.has(area)) return [];
    const stored = of.known.entitlements.get(row.id) ?? {};
    const { origin } = of;
    return [{ area, change: entitlementChange(deps, call, { row, stored, entitlement, origin }) }];
  });
  const pools = of.input.pools.flatMap(({ code, overcommitPermille }, index): Wanted[] => {
    const area = `pools.${index}`;
    const pool = of.known.pools.get(code);
    if (pool === undefined || !areas.has(area)) return [];
    const now = { pool, overcommitPermille, cells: cells.get(pool.id) ?? [], origin: of.origin };
    return [{ area, change: overcommitChange(deps, call, now) }];
  });
  return [...departments, ...pools];
}

/** The version of the department guards its entitlement as a whole, and makes the cause of each change its own. */
function entitlementChange(
  deps: Deps,
  call: Call,
  of: {
    readonly row: Row<'departments'>;
    readonly stored: ResourceAmounts;
    readonly entitlement: ResourceAmounts;
    readonly origin: ErrorParams;
  },
): Change {
  const { row } = of;
  const moved = resourceNames.flatMap((resource) => {
    const [before, after] = [of.stored[resource] ?? 0, of.entitlement[resource] ?? 0];
    return before === after ? [] : [{ resource, before, after }];
  });
  const figures = moved.map(({ resource, before, after }) => [resource, `${before} → ${after}`]);
  return {
    audit: auditOf(deps, call, {
      action: 'departments.entitle',
      subjectKind: 'department',
      subjectId: row.id,
      tenantId: row.tenantId,
      detail: { code: row.code, ...Object.fromEntries(figures), ...of.origin },
    }),
    transfers: [
      {
        id: deps.ids.next('transfer'),
        cause: { kind: 'entitlement', id: `${row.id}:${row.version + 1}` },
        effectiveAt: deps.clock.business(),
        entries: moved.flatMap(({ resource, before, after }) =>
          entitlementEntries(row.id, resource, after - before),
        ),
      },
    ],
    updates: [{ table: 'departments', key: row.id, version: row.version, set: { name: row.name } }],
  };
}

/** Supply follows at once where a cluster was read, as at every reading; nobody's hold is taken (law L1). */
function overcommitChange(
  deps: Deps,
  call: Call,
  of: {
    readonly pool: Row<'pools'>;
    readonly overcommitPermille: number;
    readonly cells: readonly CapacityCell[];
    readonly origin: ErrorParams;
  },
): Change | null {
  const { pool, overcommitPermille } = of;
  const current = { supply: suppliesOf(of.cells), free: freeOf(of.cells) };
  const { entries, uncovered }: SupplyAdjustment =
    pool.observed === null
      ? { entries: [], uncovered: {} }
      : adjustSupply(pool.id, current, supplyOf(pool.observed, overcommitPermille));
  if (Object.keys(uncovered).length > 0) return null;
  const change = `${pool.overcommitPermille} → ${overcommitPermille}`;
  const transfer = {
    id: deps.ids.next('transfer'),
    cause: { kind: 'supply', id: `${pool.id}:${pool.version}` },
    effectiveAt: deps.clock.business(),
    entries,
  } as const;
  return {
    audit: auditOf(deps, call, {
      action: 'pools.overcommit',
      subjectKind: 'pool',
      subjectId: pool.id,
      tenantId: null,
      detail: { pool: pool.code, overcommitPermille: change, ...of.origin },
    }),
    transfers: entries.length === 0 ? [] : [transfer],
    updates: [{ table: 'pools', key: pool.id, version: pool.version, set: { overcommitPermille } }],
  };
}
