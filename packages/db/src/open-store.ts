import { fileURLToPath } from 'node:url';
import { openPostgres } from './postgres/open.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Store } from './store.ts';
import type { StoreOptions } from './store-over.ts';

/** `postgres://…` or the path of a SQLite file (also as `file:` address, or `:memory:`). */
export function openStore(url: string, options: StoreOptions): Promise<Store> {
  if (/^postgres(ql)?:\/\//u.test(url)) return openPostgres(url, options);
  return openSqlite(url.startsWith('file://') ? fileURLToPath(url) : url, options);
}
