import { capacityTotals } from '@yunheng/db/queries/capacity';
import { pools } from '@yunheng/db/queries/estate';
import type { Change, Row } from '@yunheng/db/store';
import { supplyOf } from '@yunheng/domain/estate/supply';
import { adjustSupply } from '@yunheng/domain/ledger/adjust-supply';
import { domainError } from '@yunheng/kernel/errors';
import { err, ok } from '@yunheng/kernel/result';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { cellsByPool, freeOf, suppliesOf } from './cells.ts';
import type { DeclaredPool } from './province.ts';

export interface DeclaredSupply {
  /** Pools whose supply moved; 0 when the ledger said so already. */
  readonly pools: number;
}

/**
 * Supply by word, where no cluster has been read: a demo without Kubernetes, and the first minutes of one with it.
 * A pool that a cluster has reported is left alone: what was read outranks what was said.
 */
export async function declareSupply(
  deps: Deps,
  call: Call,
  declared: readonly DeclaredPool[],
): Outcome<DeclaredSupply> {
  const [rows, totals] = await Promise.all([pools(deps.store), capacityTotals(deps.store, null)]);
  const cells = cellsByPool(totals);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const changes = declared.flatMap((said) => {
    const pool = byCode.get(said.pool);
    if (pool === undefined || pool.observedAt !== null) return [];
    const now = cells.get(pool.id) ?? [];
    const current = { supply: suppliesOf(now), free: freeOf(now) };
    const wanted = supplyOf(said.capacity, pool.overcommitPermille);
    const { entries } = adjustSupply(pool.id, current, wanted);
    return entries.length === 0 ? [] : [supplyChange(deps, call, { pool, entries })];
  });
  const outcomes = await Promise.all(changes.map((change) => deps.store.commit(change)));
  return outcomes.every((outcome) => outcome.kind === 'done')
    ? ok({ pools: changes.length })
    : err(domainError('store.conflict'));
}

function supplyChange(
  deps: Deps,
  call: Call,
  of: { pool: Row<'pools'>; entries: ReturnType<typeof adjustSupply>['entries'] },
): Change {
  const id = deps.ids.next('transfer');
  const cause = { kind: 'supply', id: `${of.pool.id}:declared:${id}` } as const;
  return {
    audit: auditOf(deps, call, {
      action: 'estate.declareSupply',
      subjectKind: 'pool',
      subjectId: of.pool.id,
      tenantId: null,
      detail: { pool: of.pool.code },
    }),
    transfers: [{ id, cause, effectiveAt: deps.clock.business(), entries: of.entries }],
  };
}
