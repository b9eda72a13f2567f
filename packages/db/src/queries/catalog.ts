import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

type DocumentKind = Row<'versionedDocuments'>['kind'];

/** Published versions in force at an instant, the newest revision of each code. */
export async function documentsInForce(
  store: Store,
  kind: DocumentKind,
  at: number,
): Promise<Row<'versionedDocuments'>[]> {
  const { versionedDocuments: table } = store.tables;
  const rows = await store.read
    .select()
    .from(table)
    .where(
      and(
        eq(table.kind, kind),
        eq(table.state, 'published'),
        lte(table.effectiveFrom, at),
        or(isNull(table.effectiveTo), gt(table.effectiveTo, at)),
      ),
    )
    .orderBy(asc(table.code), desc(table.revision));
  return rows.filter((row, index) => rows[index - 1]?.code !== row.code);
}

export const documentsByIds = (
  store: Store,
  ids: readonly string[],
): Promise<Row<'versionedDocuments'>[]> => {
  const { versionedDocuments: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.id, [...ids]));
};

/** Which versions exist, whatever their state: what a seed must not write again. */
export const catalogVersions = (
  store: Store,
): Promise<Pick<Row<'versionedDocuments'>, 'kind' | 'code' | 'revision'>[]> => {
  const { versionedDocuments: table } = store.tables;
  return store.read
    .select({ kind: table.kind, code: table.code, revision: table.revision })
    .from(table);
};

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
