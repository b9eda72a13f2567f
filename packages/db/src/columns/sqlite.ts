import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Columns } from './postgres.ts';

const words = {
  table: sqliteTable,
  text: () => text(),
  id: () => text(),
  integer: () => integer(),
  flag: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  amount: () => integer(),
  instant: () => integer(),
  index,
  uniqueIndex,
  primaryKey,
  check,
} satisfies Record<keyof Columns, unknown>;

/** The same words for SQLite. The one cast of the schema: both sides answer to the same builder calls. */
export const columns = words as unknown as Columns;
