import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool, PoolClient } from 'pg';
import { migrationsOf, migrationsTable, refuseNewer } from '../migrations.ts';
import { publicSchema, quoted } from './schema-name.ts';

/** Any number that nobody else takes for an advisory lock: processes that start together migrate one after another. */
const migrationLock = 8_723_451;

export async function migratePostgres(pool: Pool, schema: string): Promise<void> {
  const ours = migrationsOf('postgres');
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      if (schema !== publicSchema)
        await client.query(`create schema if not exists ${quoted(schema)}`);
      refuseNewer(ours, await applied(client, schema));
      await migrate(drizzle(client), {
        migrationsFolder: ours.folder,
        migrationsTable,
        migrationsSchema: schema,
      });
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    }
  } finally {
    client.release();
  }
}

async function applied(
  client: PoolClient,
  schema: string,
): Promise<{ count: number; newest: number }> {
  const table = `${quoted(schema)}.${migrationsTable}`;
  const known = await client.query('select 1 where to_regclass($1) is not null', [table]);
  if (known.rowCount === 0) return { count: 0, newest: 0 };
  const { rows } = await client.query<{ count: number; newest: string | null }>(
    `select count(*)::int as count, max(created_at) as newest from ${table}`,
  );
  return { count: rows[0]?.count ?? 0, newest: Number(rows[0]?.newest ?? 0) };
}
