import type { Book } from '@yunheng/domain/ledger/accounts';
import type { Stage } from '@yunheng/domain/ledger/accounts';
import type { Amount } from '@yunheng/kernel/quantity';
import { and, eq, sum } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { allTogether, among, listBy, readTogether } from './read-together.ts';

export type Balance = Row<'ledgerBalances'>;

const accountsTogether = readTogether(async (store, accounts) => {
  const { ledgerBalances: table } = store.tables;
  const rows = await store.read.select().from(table).where(among(table.account, accounts));
  return listBy(rows, (row) => row.account);
});

/** Every commodity of the named accounts. */
export const balancesOfAccounts = async (
  store: Store,
  accounts: readonly string[],
): Promise<Balance[]> => (await allTogether(accountsTogether, store, accounts)).flat();

/** What stands for one owner: the allocated amounts of an allocation, the held ones of a line. */
export const balancesOfOwner = (store: Store, owner: string): Promise<Balance[]> => {
  const { ledgerBalances: table } = store.tables;
  return store.read.select().from(table).where(eq(table.owner, owner));
};

/** Every account of one pool or department. */
export const balancesByScope = (store: Store, book: Book, scope: string): Promise<Balance[]> => {
  const { ledgerBalances: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.book, book), eq(table.scope, scope)));
};

export interface StageTotal {
  readonly commodity: string;
  readonly stage: Stage;
  readonly total: Amount;
}

const quotaTogether = readTogether(async (store, departmentIds) => {
  const { ledgerBalances: table } = store.tables;
  const rows = await store.read
    .select({
      departmentId: table.scope,
      commodity: table.commodity,
      stage: table.stage,
      total: sum(table.balance).mapWith(Number),
    })
    .from(table)
    .where(and(eq(table.book, 'quota'), among(table.scope, departmentIds)))
    .groupBy(table.scope, table.commodity, table.stage);
  return listBy(rows, (row) => row.departmentId);
});

/** A department's quota book: what stands free, held and with systems, whatever number of requests is behind it. */
export const quotaTotals = (store: Store, departmentId: string): Promise<StageTotal[]> =>
  quotaTogether(store, departmentId);
