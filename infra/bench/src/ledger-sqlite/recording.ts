import Sqlite from 'better-sqlite3';
import { invariant } from '@yunheng/kernel/invariant';

/** Rows of one table that a use case wrote, as the driver takes them. */
interface WrittenRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A balance that was there before, as it stands after one more use case. */
export interface MovedBalance {
  readonly key: string;
  readonly account: string;
  readonly commodity: string;
  readonly balance: number;
}

/** The system that a request is for, in the version that guards it. */
export interface GuardedSystem {
  readonly id: string;
  readonly expected: number;
}

/** What one use case wrote. */
export interface WrittenCase {
  readonly inserts: readonly WrittenRows[];
  readonly moved: readonly MovedBalance[];
  readonly guarded: GuardedSystem;
}

export interface Recording {
  readonly cases: readonly WrittenCase[];
  readonly sequence: string;
}

/**
 * Reads from the file of a run, next to the file that it started from, the rows of each use case in the order of
 * commit. Every submission of this bench writes the same number of rows in each table, so order tells them apart.
 */
export function recordingOf(before: string, after: string, cases: number): Recording {
  const base = new Sqlite(before, { readonly: true });
  const file = new Sqlite(after, { readonly: true });
  try {
    const written = tablesOf(file).flatMap((table) => newRows(file, { table, base, cases }));
    const moved = movedBalances(base, entriesOfCases(written, cases));
    const guarded = guardedSystems(base, written);
    const [sequence] = file.prepare<[], string>('select name from number_sequences').pluck().all();
    invariant(sequence !== undefined, 'a run takes numbers');
    return {
      sequence,
      cases: guarded.map((system, index) => ({
        inserts: written.map(({ rows, ...of }) => ({ ...of, rows: rowsOf(rows, index, cases) })),
        moved: moved[index] ?? [],
        guarded: system,
      })),
    };
  } finally {
    base.close();
    file.close();
  }
}

export const tablesOf = (file: Sqlite.Database): string[] =>
  file
    .prepare<[], string>(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name`,
    )
    .pluck()
    .all();

function newRows(
  file: Sqlite.Database,
  of: { table: string; base: Sqlite.Database; cases: number },
): WrittenRows[] {
  const { table, base, cases } = of;
  // Numbers are one row that moves; sessions and audit heads are no part of a submission.
  if (table === 'number_sequences') return [];
  const last = base.prepare(`select coalesce(max(rowid), 0) from "${table}"`).pluck().get();
  const query = file.prepare(`select * from "${table}" where rowid > ? order by rowid`).raw(true);
  const rows = query.all(last) as unknown[][]; // raw rows are arrays
  if (rows.length === 0) return [];
  invariant(rows.length % cases === 0, `${table} has rows that no submission wrote`);
  return [{ table, columns: query.columns().map(({ name }) => name), rows }];
}

function rowsOf(
  rows: readonly (readonly unknown[])[],
  index: number,
  cases: number,
): readonly (readonly unknown[])[] {
  const each = rows.length / cases;
  return rows.slice(index * each, (index + 1) * each);
}

function guardedSystems(
  base: Sqlite.Database,
  written: readonly WrittenRows[],
): readonly GuardedSystem[] {
  const requests = written.find(({ table }) => table === 'quota_requests');
  invariant(requests, 'a submission writes a request');
  const systemAt = requests.columns.indexOf('system_id');
  const version = base
    .prepare<[string], number>('select version from information_systems where id = ?')
    .pluck();
  const standing = new Map<string, number>();
  return requests.rows.map((row) => {
    const id = String(row[systemAt]);
    const expected = standing.get(id) ?? version.get(id);
    invariant(expected !== undefined, 'a request is for a system that was seeded');
    standing.set(id, expected + 1);
    return { id, expected };
  });
}

interface Entry {
  readonly account: string;
  readonly commodity: string;
  readonly amount: number;
}

function entriesOfCases(written: readonly WrittenRows[], cases: number): Entry[][] {
  const entries = written.find(({ table }) => table === 'ledger_entries');
  invariant(entries, 'a submission posts entries');
  const at = (name: string) => entries.columns.indexOf(name);
  const [account, commodity, amount] = [at('account'), at('commodity'), at('amount')];
  return Array.from({ length: cases }, (_none, index) =>
    rowsOf(entries.rows, index, cases).map((row) => ({
      account: String(row[account]),
      commodity: String(row[commodity]),
      amount: Number(row[amount]),
    })),
  );
}

function movedBalances(base: Sqlite.Database, cases: readonly Entry[][]): MovedBalance[][] {
  const standing = new Map(
    base
      .prepare<[], { account: string; commodity: string; balance: number }>(
        'select account, commodity, balance from ledger_balances',
      )
      .all()
      .map(({ account, commodity, balance }) => [`${account}|${commodity}`, balance]),
  );
  return cases.map((entries) =>
    entries.flatMap(({ account, commodity, amount }) => {
      const key = `${account}|${commodity}`;
      const balance = standing.get(key);
      if (balance === undefined) return [];
      standing.set(key, balance + amount);
      return [{ key, account, commodity, balance: balance + amount }];
    }),
  );
}
