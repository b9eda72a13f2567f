import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  json as pgJson,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const epochInstant = customType<{ data: number; driverData: string | Date }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** The vocabulary in which the schema is written once. PostgreSQL's types are the canonical ones (ADR portable SQL subset). */
export const columns = {
  table: pgTable,
  text: () => text(),
  id: () => text(),
  integer: () => integer(),
  flag: () => boolean(),
  /** Opaque payload, never queried. `json`, not `jsonb`: what is digested must come back in the order it was written. */
  json: <T>() => pgJson().$type<T>(),
  /** Safe integer in a canonical unit (law L3). */
  amount: () => bigint({ mode: 'number' }),
  /** Epoch milliseconds in the program, timestamptz(3) in PostgreSQL. */
  instant: () => epochInstant(),
  index,
  uniqueIndex,
  primaryKey,
  check,
};

export type Columns = typeof columns;
