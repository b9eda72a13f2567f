import { quotaCommodity } from '@yunheng/domain/ledger/accounts';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { covers, inScope, type Scope } from '../scope.ts';
import type { Row, Store } from '../store.ts';
import { allTogether, among, firstBy, listBy, readTogether } from './read-together.ts';

export const cloudNodes = (store: Store): Promise<Row<'cloudNodes'>[]> =>
  store.read.select().from(store.tables.cloudNodes).orderBy(asc(store.tables.cloudNodes.code));

export const clusters = (store: Store): Promise<Row<'clusters'>[]> =>
  store.read.select().from(store.tables.clusters).orderBy(asc(store.tables.clusters.name));

export const pools = (store: Store): Promise<Row<'pools'>[]> =>
  store.read.select().from(store.tables.pools).orderBy(asc(store.tables.pools.code));

const poolsTogether = readTogether(async (store, nodeIds) => {
  const { pools: table } = store.tables;
  const rows = await store.read
    .select()
    .from(table)
    .where(among(table.cloudNodeId, nodeIds))
    .orderBy(asc(table.code));
  return listBy(rows, (row) => row.cloudNodeId);
});

/** Pools by code within each node, nodes as they were named. */
export const poolsOfNodes = async (
  store: Store,
  nodeIds: readonly string[],
): Promise<Row<'pools'>[]> => (await allTogether(poolsTogether, store, nodeIds)).flat();

export async function poolById(store: Store, id: string): Promise<Row<'pools'> | null> {
  const [row] = await store.read
    .select()
    .from(store.tables.pools)
    .where(eq(store.tables.pools.id, id));
  return row ?? null;
}

export const departments = (store: Store, scope: Scope): Promise<Row<'departments'>[]> => {
  const { departments: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inScope(table.tenantId, scope))
    .orderBy(asc(table.code));
};

export async function departmentById(
  store: Store,
  scope: Scope,
  id: string,
): Promise<Row<'departments'> | null> {
  const { departments: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(and(eq(table.id, id), inScope(table.tenantId, scope)));
  return row ?? null;
}

const systemsTogether = readTogether(async (store, ids) => {
  const { informationSystems: table } = store.tables;
  const rows = await store.read.select().from(table).where(among(table.id, ids));
  return firstBy(rows, (row) => row.id);
});

export async function systemById(
  store: Store,
  scope: Scope,
  id: string,
): Promise<Row<'informationSystems'> | null> {
  const row = await systemsTogether(store, id);
  return row !== null && covers(scope, row.tenantId) ? row : null;
}

export const systemsByIds = (
  store: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<Row<'informationSystems'>[]> => {
  const { informationSystems: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(inArray(table.id, [...ids]), inScope(table.tenantId, scope)));
};

export interface SystemFilter {
  readonly departmentId?: string | undefined;
  readonly search?: string | undefined;
  readonly sort: 'name' | 'cpu' | 'code';
  readonly page: number;
  readonly size: number;
}

/** Systems with the cpu that the ledger has allocated to each, for sorting by it. */
export async function systemsPage(
  store: Store,
  scope: Scope,
  filter: SystemFilter,
): Promise<{ rows: Row<'informationSystems'>[]; total: number }> {
  const { informationSystems: table, ledgerBalances } = store.tables;
  const where = and(
    inScope(table.tenantId, scope),
    filter.departmentId === undefined ? undefined : eq(table.departmentId, filter.departmentId),
    filter.search === undefined || filter.search === ''
      ? undefined
      : containsText([table.name, table.code], filter.search),
  );
  // The quota book keeps one balance a system, so that no allocation has to be summed for the order.
  const cpu = sql<number>`coalesce((select ${ledgerBalances.balance} from ${ledgerBalances} where ${ledgerBalances.owner} = ${table.id} and ${ledgerBalances.stage} = 'system' and ${ledgerBalances.commodity} = ${quotaCommodity('cpu')}), 0)`;
  const order =
    filter.sort === 'name'
      ? [asc(table.name)]
      : filter.sort === 'code'
        ? [asc(table.code)]
        : [desc(cpu)];
  const rows = await store.read
    .select()
    .from(table)
    .where(where)
    .orderBy(...order, asc(table.id))
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size);
  return { rows, total: await store.read.$count(table, where) };
}

/** Case-insensitive for Latin letters on both databases; the text is data, never a pattern. */
export function containsText(columns: readonly Parameters<typeof eq>[0][], text: string) {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  return sql.join(
    [
      sql`(`,
      sql.join(
        columns.map((column) => sql`lower(${column}) like ${pattern} escape '\\'`),
        sql` or `,
      ),
      sql`)`,
    ],
    sql``,
  );
}
