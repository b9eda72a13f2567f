import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AdapterError } from '@yunheng/kernel/errors';
import { schema } from '../schema/sqlite.ts';
import type { Store } from '../store.ts';
import { storeOver, type StoreOptions } from '../store-over.ts';
import { shapesOf } from '../table-shape.ts';
import { sqliteBackend } from './backend.ts';
import { sqliteLifeSigns } from './life-signs.ts';
import { checkpointsBeside } from './checkpoints.ts';
import { lockFile } from './lock.ts';
import { migrateSqlite } from './migrate.ts';
import { opening } from './opening-fault.ts';
import { createPrivate } from './private-file.ts';
import { sqliteReader } from './reader.ts';
import { sqliteSealer } from './sealer.ts';
import { statementCache } from './statement-cache.ts';

const inMemory = ':memory:';
const magic = 'SQLite format 3\0';

/** Opens, checks and migrates a SQLite file, which this process then owns; `:memory:` is a database of its own. */
export async function openSqlite(path: string, options: StoreOptions): Promise<Store> {
  let unlock = (): void => {};
  try {
    if (path !== inMemory) {
      unlock = lockFile(path);
      createPrivate(path);
    }
    checkHeader(path);
    return openConnections(path, { options, unlock });
  } catch (error) {
    unlock();
    throw opening(path, error);
  }
}

interface Opening {
  readonly options: StoreOptions;
  readonly unlock: () => void;
}

function openConnections(path: string, { options, unlock }: Opening): Store {
  const writer = new Sqlite(path);
  try {
    writer.pragma('journal_mode = WAL');
    // WAL opens NORMAL, which may lose acknowledged commits with the power (law A4).
    writer.pragma('synchronous = FULL');
    writer.pragma('foreign_keys = ON');
    // Behind the thread that does it otherwise: 64 MiB of log.
    writer.pragma('wal_autocheckpoint = 16384');
    // A full batch is more than the default 2 MiB of cache: it would be written out in the middle and read again.
    writer.pragma('cache_size = -65536');
    limitSize(writer, options.maxBytes);
    migrateSqlite(writer);
    const reader = path === inMemory ? writer : new Sqlite(path, { readonly: true });
    const shapes = shapesOf(schema);
    const statements = statementCache(writer);
    const checkpoints = path === inMemory ? null : checkpointsBeside(path);
    return storeOver(
      {
        tables: schema,
        shapes,
        backend: sqliteBackend(writer, {
          statements,
          shapes,
          wrote: (rows) => checkpoints?.wrote(rows),
        }),
        seal: sqliteSealer(writer, statements, shapes.auditHeads),
        seen: sqliteLifeSigns(statements),
        read: sqliteReader(statementCache(reader)),
        close: async () => {
          await checkpoints?.close();
          reader.close();
          writer.close();
          unlock();
        },
      },
      options,
    );
  } catch (error) {
    writer.close();
    throw error;
  }
}

function limitSize(writer: Sqlite.Database, maxBytes: number | undefined): void {
  if (maxBytes === undefined) return;
  const pageSize = Number(writer.pragma('page_size', { simple: true }));
  writer.pragma(`max_page_count = ${Math.floor(maxBytes / pageSize)}`);
}

/** SQLite itself would take a zeroed first page for an empty database and write over what follows. */
function checkHeader(path: string): void {
  if (path === inMemory || !existsSync(path)) return;
  const header = Buffer.alloc(magic.length);
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, header);
    if (read === 0 || header.toString('latin1') === magic) return;
  } finally {
    closeSync(file);
  }
  throw new AdapterError('store.damaged', { retryable: false, params: { path } });
}
