import { getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, IndexedColumn } from 'drizzle-orm/pg-core';
import { schema } from '../schema/postgres.ts';

/** SQLite names the columns of a broken unique rule, PostgreSQL the rule. Both become the rule. */
export const uniqueName = (columns: string): string => names().get(columns) ?? columns;

let built: ReadonlyMap<string, string> | null = null;

function names(): ReadonlyMap<string, string> {
  built ??= build();
  return built;
}

function build(): Map<string, string> {
  const found = new Map<string, string>();
  for (const table of Object.values(schema)) {
    const { indexes, columns, primaryKeys } = getTableConfig(table);
    const tableName = getTableName(table);
    const listed = (keys: readonly string[]): string =>
      keys.map((key) => `${tableName}.${toSnakeCase(key)}`).join(', ');

    for (const { config } of indexes) {
      const keys = config.columns.flatMap((column) =>
        column instanceof IndexedColumn && column.name !== undefined ? [column.name] : [],
      );
      if (config.unique && config.name !== undefined) found.set(listed(keys), config.name);
    }
    for (const key of primaryKeys) {
      const keys = key.columns.map(({ name }) => name);
      found.set(listed(keys), [tableName, ...keys.map(toSnakeCase), 'pk'].join('_'));
    }
    for (const column of columns.filter(({ primary }) => primary)) {
      found.set(listed([column.name]), `${tableName}_pkey`);
    }
  }
  return found;
}
