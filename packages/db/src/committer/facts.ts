import type { ParsedAccount } from '@yunheng/domain/ledger/accounts';
import type { Amount } from '@yunheng/kernel/quantity';
import type { TableName } from '../store.ts';

/** One balance that a batch touches: where it stands, and what the row says about the account. */
export interface BalanceKey {
  readonly key: string;
  readonly account: string;
  readonly commodity: string;
  readonly parsed: ParsedAccount;
}

/** Everything that a batch has to know before it can be judged. Maps are keyed as the functions below say. */
export interface Wanted {
  readonly balances: ReadonlyMap<string, BalanceKey>;
  readonly causes: ReadonlySet<string>;
  readonly versions: ReadonlyMap<TableName, ReadonlySet<string>>;
  readonly idempotency: ReadonlySet<string>;
  readonly series: ReadonlySet<string>;
}

export interface BalanceFact {
  readonly balance: Amount;
  readonly floor: Amount | null;
}

export interface UsedKey {
  readonly inputDigest: string;
  readonly subjectId: string;
}

/** What the database says, read under lock; absent keys do not exist. */
export interface Facts {
  readonly balances: ReadonlyMap<string, BalanceFact>;
  readonly causes: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, number>;
  readonly idempotency: ReadonlyMap<string, UsedKey>;
  readonly series: ReadonlyMap<string, number>;
}

/** Two texts as one map key. The left one is ours and never holds a line feed. */
export const pairKey = (left: string, right: string): string => `${left}\n${right}`;

export function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('\n');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
