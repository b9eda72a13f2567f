import { getTableName, type Table } from 'drizzle-orm';
import pg from 'pg';
import { classify } from '../faults/classify.ts';
import { migrationsTable } from '../migrations.ts';
import { schema as tables } from '../schema/postgres.ts';
import { publicSchema, quoted } from './schema-name.ts';

/**
 * Drops what the product made in that schema, when the setting `mark` says that it may go or nobody is in it yet;
 * false when not. `public` is shared with whoever else is in the database: there only the product's own tables go.
 */
export async function forgetPostgres(
  url: string,
  { schema, mark }: { schema: string; mark: string },
): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    if (!(await isThere(client, schema))) return true;
    if (!(await mayGo(client, schema, mark))) return false;
    await client.query(schema === publicSchema ? dropTables(schema) : dropSchema(schema));
    return true;
  } catch (error) {
    const fault = classify(error);
    throw fault.kind === 'failed' ? fault.error : error;
  } finally {
    await client.end();
  }
}

const tableIn = (schema: string, table: Table): string =>
  `${quoted(schema)}.${quoted(getTableName(table))}`;

async function isThere(client: pg.Client, schema: string): Promise<boolean> {
  const names = [tableIn(schema, tables.settings), tableIn(schema, tables.users)];
  const found = await client.query(
    'select 1 where to_regclass($1) is not null and to_regclass($2) is not null',
    names,
  );
  return found.rowCount === 1;
}

async function mayGo(client: pg.Client, schema: string, mark: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 where exists (select from ${tableIn(schema, tables.settings)} where name = $1)
      or not exists (select from ${tableIn(schema, tables.users)})`,
    [mark],
  );
  return rowCount === 1;
}

const dropSchema = (schema: string): string => `drop schema ${quoted(schema)} cascade`;

function dropTables(schema: string): string {
  const own = Object.values(tables).map((table) => tableIn(schema, table));
  const all = [...own, `${quoted(schema)}.${quoted(migrationsTable)}`];
  return `drop table if exists ${all.join(', ')} cascade`;
}
