import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { classify } from '../faults/classify.ts';
import { translated } from '../faults/translated.ts';
import { readingStore, type ReadingOptions } from '../reading-store.ts';
import { schema } from '../schema/postgres.ts';
import type { Reader, Store } from '../store.ts';
import { storeOver, type StoreOptions } from '../store-over.ts';
import { shapesOf } from '../table-shape.ts';
import { postgresBackend } from './backend.ts';
import { postgresLifeSigns } from './life-signs.ts';
import { migratePostgres } from './migrate.ts';
import { publicSchema, quoted } from './schema-name.ts';
import { postgresSealer } from './sealer.ts';

export async function openPostgres(url: string, options: StoreOptions): Promise<Store> {
  const { schema: place = publicSchema } = options;
  const pool = poolOf(url, options, '');
  try {
    await migratePostgres(pool, place);
  } catch (error) {
    await pool.end();
    const fault = classify(error);
    throw fault.kind === 'failed' || fault.kind === 'retry' ? fault.error : error;
  }
  const shapes = shapesOf(schema);
  return storeOver(
    {
      tables: schema,
      shapes,
      backend: postgresBackend(pool, shapes),
      seal: postgresSealer(pool, shapes),
      seen: postgresLifeSigns(pool, shapes.sessions),
      read: readerOf(pool),
      close: () => pool.end(),
    },
    options,
  );
}

/** A pool of its own for a thread that only looks; PostgreSQL itself refuses it a write. */
export async function openPostgresReading(url: string, options: ReadingOptions): Promise<Store> {
  const pool = poolOf(url, options, ' -c default_transaction_read_only=on');
  return readingStore({ tables: schema, read: readerOf(pool), close: () => pool.end() });
}

function poolOf(url: string, options: ReadingOptions, settings: string): pg.Pool {
  const { schema: place = publicSchema, connections = 10 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'yunheng',
    connectionTimeoutMillis: 5000,
    max: connections,
    options: `-c timezone=UTC -c search_path=${quoted(place)}${settings}`,
  });
  // A server that restarts breaks idle connections; without a listener that ends the process. The next query reports it.
  pool.on('error', () => {});
  return pool;
}

const readerOf = (pool: pg.Pool): Reader => translated(drizzle(pool, { casing: 'snake_case' }));
