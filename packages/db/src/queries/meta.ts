import type { Store, TableName } from '../store.ts';

/** Rows in every table, for backups and reports to compare. */
export async function rowCounts(store: Store): Promise<ReadonlyMap<TableName, number>> {
  const names = Object.keys(store.tables) as TableName[]; // keys of Schema
  const counts = await Promise.all(names.map((name) => store.read.$count(store.tables[name])));
  return new Map(names.map((name, index) => [name, counts[index] ?? 0]));
}

/** Rejects when the database does not answer: what readiness asks. */
export async function probeStore(store: Store): Promise<void> {
  const { settings } = store.tables;
  await store.read.select({ name: settings.name }).from(settings).limit(1);
}
