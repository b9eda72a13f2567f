import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { classify } from '../faults/classify.ts';
import { translated } from '../faults/translated.ts';
import { schema } from '../schema/postgres.ts';
import type { Reader, Store } from '../store.ts';
import { storeOver, type StoreOptions } from '../store-over.ts';
import { shapesOf } from '../table-shape.ts';
import { postgresBackend } from './backend.ts';
import { migratePostgres } from './migrate.ts';
import { publicSchema, quoted } from './schema-name.ts';
import { postgresSealer } from './sealer.ts';

export async function openPostgres(url: string, options: StoreOptions): Promise<Store> {
  const { schema: place = publicSchema } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'yunheng',
    connectionTimeoutMillis: 5000,
    max: options.connections ?? 10,
    options: `-c timezone=UTC -c search_path=${quoted(place)}`,
  });
  // A server that restarts breaks idle connections; without a listener that ends the process. The next query reports it.
  pool.on('error', () => {});
  try {
    await migratePostgres(pool, place);
  } catch (error) {
    await pool.end();
    const fault = classify(error);
    throw fault.kind === 'failed' || fault.kind === 'retry' ? fault.error : error;
  }
  const shapes = shapesOf(schema);
  const read: Reader = translated(drizzle(pool, { casing: 'snake_case' }));
  return storeOver(
    {
      tables: schema,
      shapes,
      backend: postgresBackend(pool, shapes),
      seal: postgresSealer(pool, shapes),
      read,
      close: () => pool.end(),
    },
    options,
  );
}
