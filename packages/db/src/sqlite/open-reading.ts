import Sqlite from 'better-sqlite3';
import { readingStore } from '../reading-store.ts';
import { schema } from '../schema/sqlite.ts';
import type { Store } from '../store.ts';
import { opening } from './opening-fault.ts';
import { sqliteReader } from './reader.ts';
import { statementCache } from './statement-cache.ts';

/**
 * One more look at a file that this process owns already, for another thread of it. It takes no lock of its own:
 * WAL lets it read beside the writer, and each statement sees what was committed when it began.
 */
export async function openSqliteReading(path: string): Promise<Store> {
  try {
    const reader = new Sqlite(path, { readonly: true, fileMustExist: true });
    const read = sqliteReader(statementCache(reader));
    return readingStore({ tables: schema, read, close: async () => void reader.close() });
  } catch (error) {
    throw opening(path, error);
  }
}
