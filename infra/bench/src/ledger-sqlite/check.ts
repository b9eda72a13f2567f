import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { tablesOf } from './recording.ts';

/** What a file holds, small enough to be compared: rows of each table, every balance, every system's version. */
export interface Contents {
  readonly counts: string;
  readonly digest: string;
  readonly sound: boolean;
}

/** Books that balance: entries sum to zero, balances are the sums of entries, and the pool holds what was accepted. */
export function contentsOf(path: string, expectedHeld: number): Contents {
  const file = new Sqlite(path, { readonly: true });
  try {
    const counts = tablesOf(file).map(
      (table) =>
        `${table} ${String(file.prepare(`select count(*) from "${table}"`).pluck().get())}`,
    );
    const digest = createHash('sha256');
    for (const moved of [
      'select account, commodity, balance, floor from ledger_balances order by 1, 2',
      'select id, version from information_systems order by 1',
    ])
      for (const row of file.prepare(moved).raw(true).iterate()) digest.update(JSON.stringify(row));
    return {
      counts: counts.join('\n'),
      digest: digest.digest('hex'),
      sound: isBalanced(file) && heldIn(file) === expectedHeld,
    };
  } finally {
    file.close();
  }
}

function isBalanced(file: Sqlite.Database): boolean {
  const open = file
    .prepare(
      'select count(*) from (select commodity from ledger_entries group by commodity having sum(amount) <> 0)',
    )
    .pluck()
    .get();
  const differing = file
    .prepare(
      `select count(*) from (select account, commodity, sum(amount) as total from ledger_entries group by account, commodity) e
       left join ledger_balances b using (account, commodity) where b.balance is not e.total`,
    )
    .pluck()
    .get();
  return open === 0 && differing === 0;
}

const heldIn = (file: Sqlite.Database): unknown =>
  file
    .prepare(
      `select coalesce(sum(balance), 0) from ledger_balances where book = 'capacity' and stage = 'held'`,
    )
    .pluck()
    .get();
