import { openSqlite } from '@yunheng/db/sqlite/open';
import { countedIds } from './counted-ids.ts';
import { holdChange, supplyChange } from './store-changes.ts';

/** A process for the crash test: holds without end on the file it is given, and prints each line that was acknowledged. */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: commit-until-killed FILE');

const ids = countedIds(process.pid * 10_000_000);
const store = await openSqlite(path, { ids });
await store.commit(supplyChange(ids, 1_000_000_000));

async function holdForEver(): Promise<never> {
  for (;;) {
    const line = ids.next('requestLine');
    const outcome = await store.commit(holdChange(ids, line, 1));
    if (outcome.kind === 'done') process.stdout.write(`${line}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, holdForEver));
