import { is, sql, type SQL } from 'drizzle-orm';
import { PgColumn, type AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Store } from '../store.ts';

/** One statement for many keys; answers for each of them, absent ones included. */
type Load<V> = (store: Store, keys: readonly string[]) => Promise<(key: string) => V>;

interface Waiting<V> {
  readonly keys: Set<string>;
  readonly answers: Promise<(key: string) => V>;
}

/**
 * The reading side of group commit: whoever asks in one turn of the event loop is answered by one statement.
 * It runs after the last of them has asked, so that no answer is older than its question. Answers are shared:
 * nobody may write into them.
 */
export function readTogether<V>(load: Load<V>): (store: Store, key: string) => Promise<V> {
  const open = new WeakMap<Store, Waiting<V>>();
  return async (store, key) => {
    let waiting = open.get(store);
    if (waiting === undefined) {
      const keys = new Set<string>();
      const answers = endOfTurn().then(() => {
        open.delete(store);
        return load(store, [...keys]);
      });
      waiting = { keys, answers };
      open.set(store, waiting);
    }
    waiting.keys.add(key);
    const answerOf = await waiting.answers;
    return answerOf(key);
  };
}

/** Each of several keys with its answer, in their order. */
export const allTogether = <V>(
  read: (store: Store, key: string) => Promise<V>,
  store: Store,
  keys: readonly string[],
): Promise<V[]> => Promise.all([...new Set(keys)].map((key) => read(store, key)));

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `column in keys` as one parameter: one statement text, whatever the number of keys. */
export const among = (column: AnyPgColumn, keys: readonly string[]): SQL =>
  // The schema is typed for PostgreSQL; what a column really is decides here, and only here.
  is(column, PgColumn)
    ? sql`${column} = any(${sql.param([...keys])}::text[])`
    : sql`${column} in (select value from json_each(${JSON.stringify(keys)}))`;

export function firstBy<R>(
  rows: readonly R[],
  keyOf: (row: R) => string,
): (key: string) => R | null {
  const found = new Map<string, R>();
  for (const row of rows) if (!found.has(keyOf(row))) found.set(keyOf(row), row);
  return (key) => found.get(key) ?? null;
}

export function listBy<R>(rows: readonly R[], keyOf: (row: R) => string): (key: string) => R[] {
  const found = Map.groupBy(rows, keyOf);
  return (key) => found.get(key) ?? [];
}
