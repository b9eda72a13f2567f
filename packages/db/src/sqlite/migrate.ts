import type Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { migrationsOf, migrationsTable, refuseNewer } from '../migrations.ts';

export function migrateSqlite(connection: Sqlite.Database): void {
  const ours = migrationsOf('sqlite');
  refuseNewer(ours, applied(connection));
  migrate(drizzle(connection), { migrationsFolder: ours.folder, migrationsTable });
}

function applied(connection: Sqlite.Database): { count: number; newest: number } {
  const known = connection
    .prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`)
    .get(migrationsTable);
  if (known === undefined) return { count: 0, newest: 0 };
  const row = connection
    .prepare<[], { count: number; newest: number | null }>(
      `select count(*) as count, max(created_at) as newest from ${migrationsTable}`,
    )
    .get();
  return { count: row?.count ?? 0, newest: row?.newest ?? 0 };
}
