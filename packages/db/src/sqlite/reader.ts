import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { translated } from '../faults/translated.ts';
import type { Reader } from '../store.ts';
import type { StatementCache } from './statement-cache.ts';

/** Drizzle's asynchronous face over a synchronous connection: the same query builder as on PostgreSQL. */
export function sqliteReader(statements: StatementCache): Reader {
  const database = drizzle(
    async (text, params, method) => {
      const statement = statements.get(text).raw(true);
      if (method === 'get') return { rows: statement.get(params) as unknown[] }; // raw rows are arrays
      return { rows: statement.all(params) };
    },
    undefined,
    // As second argument `casing` is ignored by drizzle 0.45.
    { casing: 'snake_case' },
  );
  return translated(database) as unknown as Reader; // the cast of columns/sqlite.ts, for the query builder
}
