import Sqlite from 'better-sqlite3';
import type { MovedBalance, Recording, WrittenCase } from './recording.ts';

/** The same rows with nothing around them: prepared statements, so many use cases a commit, durable like ours. */
export function openReplay(path: string, recording: Recording): Replay {
  const file = new Sqlite(path);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('wal_autocheckpoint = 4096');
  file.pragma('cache_size = -65536');
  const inserts = new Map(
    (recording.cases[0]?.inserts ?? []).map(({ table, columns }) => {
      const names = columns.map((name) => `"${name}"`).join(', ');
      const places = columns.map(() => '?').join(', ');
      return [table, file.prepare(`insert into "${table}" (${names}) values (${places})`)];
    }),
  );
  const moveBalance = file.prepare(
    'update ledger_balances set balance = ? where account = ? and commodity = ?',
  );
  const guardSystem = file.prepare(
    'update information_systems set version = version + 1 where id = ? and version = ?',
  );
  const takeNumbers = file.prepare(
    'insert into number_sequences (name, last) values (?, ?) on conflict (name) do update set last = excluded.last',
  );
  const commit = file.transaction((cases: readonly WrittenCase[], last: number) => {
    const moved = new Map<string, MovedBalance>();
    for (const { inserts: written, moved: balances, guarded } of cases) {
      guardSystem.run(guarded.id, guarded.expected);
      for (const { table, rows } of written) {
        const insert = inserts.get(table);
        for (const row of rows) insert?.run(row);
      }
      for (const balance of balances) moved.set(balance.key, balance);
    }
    for (const { balance, account, commodity } of moved.values())
      moveBalance.run(balance, account, commodity);
    takeNumbers.run(recording.sequence, last);
  });
  return {
    writeAll(perCommit) {
      const { cases } = recording;
      for (let from = 0; from < cases.length; from += perCommit) {
        const to = Math.min(from + perCommit, cases.length);
        commit.immediate(cases.slice(from, to), to);
      }
    },
    close: () => file.close(),
  };
}

export interface Replay {
  writeAll(perCommit: number): void;
  close(): void;
}
