import type { Amount } from '@yunheng/kernel/quantity';
import type { CommitOutcome, TableName, Touched } from '../store.ts';
import type { BalanceKey } from './facts.ts';
import type { PreparedUpdate } from './prepared.ts';

export interface BalanceWrite {
  readonly on: BalanceKey;
  readonly balance: Amount;
  readonly floor: Amount | null;
}

/** What a batch writes, already summed up: each row once, whatever number of Changes touched it. */
export interface Plan {
  /** In the order of the batch. */
  readonly outcomes: readonly CommitOutcome[];
  readonly inserts: ReadonlyMap<TableName, readonly (readonly unknown[])[]>;
  /** Those that set the same columns of the same table together: one statement each. */
  readonly updates: readonly (readonly PreparedUpdate[])[];
  readonly balances: readonly BalanceWrite[];
  readonly series: ReadonlyMap<string, number>;
  readonly touched: Touched;
}
