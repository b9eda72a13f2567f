import type Sqlite from 'better-sqlite3';
import type { TableName } from '../store.ts';
import { quoted, type Shapes } from '../table-shape.ts';

/** Rows of one statement: enough that its own cost no longer counts. */
const together = 16;

type Insert = (table: TableName, rows: readonly (readonly unknown[])[]) => void;

/**
 * Inserts by sixteens, the rest one by one: a third less time than one by one. A broken constraint ends the whole
 * transaction, as the committer would anyway, so that SQLite need not remember how to undo half a statement.
 */
export function rowInserter(connection: Sqlite.Database, shapes: Shapes): Insert {
  const prepared = new Map<TableName, { one: Sqlite.Statement; many: Sqlite.Statement }>();
  const statementsFor = (table: TableName) => {
    let statements = prepared.get(table);
    if (statements === undefined) {
      const { name, columns } = shapes[table];
      const names = columns.map((column) => quoted(column.name)).join(', ');
      const places = `(${columns.map(() => '?').join(', ')})`;
      const into = `insert or rollback into ${quoted(name)} (${names}) values`;
      statements = {
        one: connection.prepare(`${into} ${places}`),
        many: connection.prepare(
          `${into} ${Array.from({ length: together }, () => places).join(', ')}`,
        ),
      };
      prepared.set(table, statements);
    }
    return statements;
  };
  return (table, rows) => {
    const { one, many } = statementsFor(table);
    let at = 0;
    for (; at + together <= rows.length; at += together)
      many.run(rows.slice(at, at + together).flat());
    for (const row of rows.slice(at)) one.run(row);
  };
}
