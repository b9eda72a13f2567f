import type Sqlite from 'better-sqlite3';

/** Enough for every fixed statement; lists of varying length push each other out. */
const kept = 512;

export interface StatementCache {
  get(text: string): Sqlite.Statement;
}

/** Prepared statements by SQL text, the least recently used given up first. */
export function statementCache(connection: Sqlite.Database): StatementCache {
  const prepared = new Map<string, Sqlite.Statement>();
  return {
    get: (text) => {
      const known = prepared.get(text);
      if (known !== undefined) {
        prepared.delete(text);
        prepared.set(text, known);
        return known;
      }
      const statement = connection.prepare(text);
      const [oldest] = prepared.keys();
      if (prepared.size >= kept && oldest !== undefined) prepared.delete(oldest);
      prepared.set(text, statement);
      return statement;
    },
  };
}
