import { fileURLToPath } from 'node:url';
import { openPostgres, openPostgresReading } from './postgres/open.ts';
import type { ReadingOptions } from './reading-store.ts';
import { openSqlite } from './sqlite/open.ts';
import { openSqliteReading } from './sqlite/open-reading.ts';
import type { Store } from './store.ts';
import type { StoreOptions } from './store-over.ts';

/** `postgres://…` or the path of a SQLite file (also as `file:` address, or `:memory:`). */
export function openStore(url: string, options: StoreOptions): Promise<Store> {
  return isPostgres(url) ? openPostgres(url, options) : openSqlite(pathOf(url), options);
}

/** The same rows once more, for a thread beside the one that writes; they are migrated already. */
export function openReadingStore(url: string, options: ReadingOptions = {}): Promise<Store> {
  return isPostgres(url) ? openPostgresReading(url, options) : openSqliteReading(pathOf(url));
}

const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//u.test(url);

const pathOf = (url: string): string => (url.startsWith('file://') ? fileURLToPath(url) : url);
