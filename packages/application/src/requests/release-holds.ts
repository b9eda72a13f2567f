import type { Row, Update } from '@yunheng/db/store';
import { releaseEntries, type BookLine } from '@yunheng/domain/ledger/book-entries';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import type { TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { Instant } from '@yunheng/kernel/clock';
import type { Deps } from '../deps.ts';

/** Ends every live hold of a request: one transfer back in both books, and the rows that say why. */
export function releaseHolds(
  deps: Deps,
  of: {
    holds: readonly Row<'holds'>[];
    revision: number;
    state: 'released' | 'expired';
    at: Instant;
  },
): { transfers: TransferDraft[]; updates: Update[] } {
  const live = of.holds.filter((hold) => hold.state === 'live');
  const [first] = live;
  if (first === undefined) return { transfers: [], updates: [] };
  const attempt = Math.max(...live.map((hold) => hold.attempt));
  return {
    transfers: [
      {
        id: deps.ids.next('transfer'),
        cause: { kind: 'hold_release', id: `${first.requestId}:${of.revision}:${attempt}` },
        effectiveAt: of.at,
        entries: releaseEntries(live.map(heldLine)),
      },
    ],
    updates: live.map((hold) => ({
      table: 'holds',
      key: hold.id,
      version: hold.version,
      set: { state: of.state, endedAt: of.at },
    })),
  };
}

export const heldLine = (hold: Row<'holds'>): BookLine => ({
  lineId: hold.lineId,
  poolId: hold.poolId,
  departmentId: hold.departmentId,
  resource: hold.resource as ResourceName, // written from a line's resource
  amount: hold.amount,
});
