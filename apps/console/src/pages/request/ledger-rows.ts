import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import type { RequestDetail } from '../../api/types.ts';

type Transfer = RequestDetail['transfers'][number];
type Entry = Transfer['entries'][number];

export type LedgerRow = {
  transfer: Transfer;
  book: string;
  from: string;
  to: string;
  resource: ResourceName | undefined;
  commodity: string;
  amount: number;
  balanced: boolean;
};

/** One line for each commodity of a transfer: out of which account, into which, how much. Sums are checked, not assumed. */
export function ledgerRows(transfers: readonly Transfer[]): LedgerRow[] {
  return transfers.flatMap((transfer) =>
    [...byCommodity(transfer.entries)].flatMap(([commodity, entries]) =>
      rowOf(transfer, commodity, entries),
    ),
  );
}

function byCommodity(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${bookOf(entry.account)} ${entry.commodity}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

function rowOf(transfer: Transfer, key: string, entries: readonly Entry[]): LedgerRow[] {
  const from = entries.filter((entry) => entry.amount < 0);
  const to = entries.filter((entry) => entry.amount > 0);
  const commodity = key.slice(key.indexOf(' ') + 1);
  return [
    {
      transfer,
      book: bookOf(entries[0]?.account ?? ''),
      from: from.map((entry) => entry.account).join(', '),
      to: to.map((entry) => entry.account).join(', '),
      resource: resourceOf(commodity),
      commodity,
      amount: to.reduce((sum, entry) => sum + entry.amount, 0),
      balanced: entries.reduce((sum, entry) => sum + entry.amount, 0) === 0,
    },
  ];
}

function bookOf(account: string): string {
  return account.split('/')[0] ?? account;
}

/** A commodity names its resource as one of its parts, whatever stands beside it. */
function resourceOf(commodity: string): ResourceName | undefined {
  return resourceNames.find((resource) => commodity.split(/[/:.@]/u).includes(resource));
}
