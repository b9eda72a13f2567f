import { and, asc, desc, eq } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { allTogether, among, listBy, readTogether } from './read-together.ts';

type DocumentKind = Row<'versionedDocuments'>['kind'];

const publishedTogether = readTogether(async (store, kinds) => {
  const { versionedDocuments: table } = store.tables;
  const rows = await store.read
    .select()
    .from(table)
    .where(and(among(table.kind, kinds), eq(table.state, 'published')))
    .orderBy(asc(table.code), desc(table.revision));
  return listBy(rows, (row) => row.kind);
});

/** Published versions in force at an instant, the newest revision of each code. */
export async function documentsInForce(
  store: Store,
  kind: DocumentKind,
  at: number,
): Promise<Row<'versionedDocuments'>[]> {
  const published = await publishedTogether(store, kind);
  const rows = published.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= at && (effectiveTo === null || at < effectiveTo),
  );
  return rows.filter((row, index) => rows[index - 1]?.code !== row.code);
}

const documentsTogether = readTogether(async (store, ids) => {
  const { versionedDocuments: table } = store.tables;
  const rows = await store.read.select().from(table).where(among(table.id, ids));
  return listBy(rows, (row) => row.id);
});

export const documentsByIds = async (
  store: Store,
  ids: readonly string[],
): Promise<Row<'versionedDocuments'>[]> =>
  (await allTogether(documentsTogether, store, ids)).flat();

/** Every version there is, whatever its state: what a seed must not write again. */
export const catalogVersions = (store: Store): Promise<Row<'versionedDocuments'>[]> =>
  store.read.select().from(store.tables.versionedDocuments);

export async function documentByVersion(
  store: Store,
  of: Pick<Row<'versionedDocuments'>, 'kind' | 'code' | 'revision'>,
): Promise<Row<'versionedDocuments'> | null> {
  const { versionedDocuments: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(and(eq(table.kind, of.kind), eq(table.code, of.code), eq(table.revision, of.revision)));
  return row ?? null;
}
