import type { Book } from '@yunheng/domain/ledger/accounts';
import { and, eq, inArray } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

export type Balance = Row<'ledgerBalances'>;

/** Every commodity of the named accounts. */
export const balancesOfAccounts = (
  store: Store,
  accounts: readonly string[],
): Promise<Balance[]> => {
  const { ledgerBalances: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.account, [...accounts]));
};

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
