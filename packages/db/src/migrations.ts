import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { AdapterError } from '@yunheng/kernel/errors';

export const migrationsTable = 'schema_migrations';

export interface Migrations {
  readonly folder: string;
  /** How many there are: what a person is told as version. */
  readonly count: number;
  readonly newest: number;
}

export function migrationsOf(dialect: 'sqlite' | 'postgres'): Migrations {
  const folder = fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url));
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  return {
    folder,
    count: migrations.length,
    newest: Math.max(...migrations.map(({ folderMillis }) => folderMillis)),
  };
}

/** Forward only: a database that a newer program has changed is left alone. */
export function refuseNewer(
  ours: Migrations,
  applied: { readonly count: number; readonly newest: number },
): void {
  if (applied.count <= ours.count && applied.newest <= ours.newest) return;
  throw new AdapterError('store.newer_version', {
    retryable: false,
    params: { found: applied.count, supported: ours.count },
  });
}
