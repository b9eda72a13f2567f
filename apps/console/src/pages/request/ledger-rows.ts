import { resourceNames } from '@yunheng/domain/catalog/resources';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { parseAccount } from '@yunheng/domain/ledger/accounts';
import type { Stage } from '@yunheng/domain/ledger/accounts';
import type { RequestDetail } from '../../api/types.ts';

type Transfer = RequestDetail['transfers'][number];
type Entry = Transfer['entries'][number];

export type Movement = 'hold' | 'allocate' | 'give_back' | 'release' | 'move' | 'supply' | 'other';

export type LedgerRow = {
  transfer: Transfer;
  movement: Movement;
  from: readonly string[];
  to: readonly string[];
  resource: ResourceName | undefined;
  amount: number;
  balanced: boolean;
};

/** One line for each commodity of a transfer: out of which account, into which, how much. Sums are checked, not assumed. */
export function ledgerRows(transfers: readonly Transfer[]): LedgerRow[] {
  return transfers.flatMap((transfer) =>
    [...byCommodity(transfer.entries).values()].map((entries) => rowOf(transfer, entries)),
  );
}

/** One movement of one transfer between the same two places, with everything that moved. */
export type LedgerMove = {
  transfer: Transfer;
  movement: Movement;
  from: string;
  to: string;
  amounts: Partial<Record<ResourceName, number>>;
};

/** Rows as people read them: lines of a request that move alike are one movement of several resources. */
export function ledgerMoves(
  rows: readonly LedgerRow[],
  placeOf: (account: string) => string,
): LedgerMove[] {
  const moves = new Map<string, LedgerMove>();
  for (const { transfer, movement, from, to, resource, amount } of rows) {
    const [fromPlaces, toPlaces] = [from, to].map((side) => [...new Set(side.map(placeOf))]);
    const ends = { from: fromPlaces?.join(', ') ?? '', to: toPlaces?.join(', ') ?? '' };
    const key = [transfer.id, movement, ends.from, ends.to].join(' ');
    const move = moves.get(key) ?? { transfer, movement, ...ends, amounts: {} };
    moves.set(key, move);
    if (resource !== undefined) move.amounts[resource] = (move.amounts[resource] ?? 0) + amount;
  }
  return [...moves.values()];
}

function byCommodity(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries)
    groups.set(entry.commodity, [...(groups.get(entry.commodity) ?? []), entry]);
  return groups;
}

function rowOf(transfer: Transfer, entries: readonly Entry[]): LedgerRow {
  const from = entries.filter((entry) => entry.amount < 0).map((entry) => entry.account);
  const to = entries.filter((entry) => entry.amount > 0);
  return {
    transfer,
    movement: movementOf(stageOf(from[0]), stageOf(to[0]?.account)),
    from,
    to: to.map((entry) => entry.account),
    resource: resourceOf(entries[0]?.commodity ?? ''),
    amount: to.reduce((sum, entry) => sum + entry.amount, 0),
    balanced: entries.reduce((sum, entry) => sum + entry.amount, 0) === 0,
  };
}

function stageOf(account: string | undefined): Stage | undefined {
  return account === undefined ? undefined : parseAccount(account)?.stage;
}

/** `allocated` of the capacity book and `system` of the quota book are the same stage of two books. */
function movementOf(from: Stage | undefined, to: Stage | undefined): Movement {
  const given = to === 'allocated' || to === 'system';
  if (from === 'free' && to === 'held') return 'hold';
  if (from === 'held' && given) return 'allocate';
  if (from === 'held' && to === 'free') return 'give_back';
  if (from === 'held' && to === 'held') return 'move';
  if ((from === 'allocated' || from === 'system') && to === 'free') return 'release';
  return from === 'supply' || to === 'supply' ? 'supply' : 'other';
}

function resourceOf(commodity: string): ResourceName | undefined {
  const name = commodity.slice(commodity.indexOf(':') + 1);
  return resourceNames.find((resource) => resource === name);
}
