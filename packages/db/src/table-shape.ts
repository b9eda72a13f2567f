import { Column, getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { Schema } from './schema/define.ts';
import type { TableName } from './store.ts';

export interface ColumnShape {
  /** Property of the row in the program. */
  readonly key: string;
  /** Name in the database. */
  readonly name: string;
  readonly sqlType: string;
  /** Null where the driver takes the value as it is. */
  readonly toDriver: ((value: unknown) => unknown) | null;
}

/** What hot statements need of a table, taken from its Drizzle definition once. */
export interface TableShape {
  readonly table: TableName;
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** Column that an update addresses: `id`, or `name` where there is none. */
  readonly keyColumn: string;
  readonly versioned: boolean;
}

export type Shapes = { readonly [T in TableName]: TableShape };

export function shapesOf(schema: Schema): Shapes {
  const entries = Object.entries(schema).map(([table, definition]) => {
    const columns = Object.entries(getTableColumns(definition)).map(([key, column]) =>
      shapeOf(key, column),
    );
    const keys = new Set(columns.map((column) => column.key));
    const shape = {
      table,
      name: getTableName(definition),
      columns,
      keyColumn: keys.has('id') ? 'id' : 'name',
      versioned: keys.has('version'),
    };
    return [table, shape];
  });
  return Object.fromEntries(entries) as Shapes; // built from the keys of Schema
}

function shapeOf(key: string, column: Column): ColumnShape {
  const plain = column.mapToDriverValue === Column.prototype.mapToDriverValue;
  return {
    key,
    name: toSnakeCase(key),
    sqlType: column.getSQLType(),
    toDriver: plain ? null : (value) => column.mapToDriverValue(value),
  };
}

/** A row as the driver takes it, in the order of the shape's columns. */
export function driverRow(shape: TableShape, row: object): unknown[] {
  const values = row as Readonly<Record<string, unknown>>; // rows are plain objects keyed by column
  return shape.columns.map((column) => driverValue(column, values[column.key]));
}

export function driverValue(column: ColumnShape, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return column.toDriver === null ? value : column.toDriver(value);
}

export function columnIndex(shape: TableShape, key: string): number {
  return shape.columns.findIndex((column) => column.key === key);
}

export const quoted = (name: string): string => `"${name}"`;
