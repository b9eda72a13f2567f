import type { ParsedAccount } from '@yunheng/domain/ledger/accounts';
import type { Shortfall } from '@yunheng/domain/ledger/transfer';
import { addAmounts, type Amount } from '@yunheng/kernel/quantity';
import type { BalanceFact, BalanceKey } from './facts.ts';
import type { BalanceWrite } from './plan.ts';
import type { PreparedChange } from './prepared.ts';

/** Balances during one batch: what was read, moved by each Change that is accepted. */
export interface Book {
  shortfalls(change: PreparedChange): Shortfall[];
  post(change: PreparedChange): void;
  written(): BalanceWrite[];
}

/** Supply and issued are the other side of everything and may go below zero; nothing else may. */
export const defaultFloor = ({ stage }: ParsedAccount): Amount | null =>
  stage === 'supply' || stage === 'issued' ? null : 0;

export function openBook(facts: ReadonlyMap<string, BalanceFact>): Book {
  const moved = new Map<string, BalanceWrite>();

  const standing = (on: BalanceKey): BalanceFact =>
    moved.get(on.key) ?? facts.get(on.key) ?? { balance: 0, floor: defaultFloor(on.parsed) };

  return {
    /** Only what goes down can fall short: a floor that was raised above a balance does not stop a return. */
    shortfalls: (change) => {
      const floors = new Map(change.floors.map(({ on, floor }) => [on.key, floor]));
      return change.deltas.flatMap(({ on, amount }) => {
        const { balance, floor: kept } = standing(on);
        const floor = floors.get(on.key) ?? kept;
        const after = addAmounts(balance, amount);
        if (amount >= 0 || floor === null || after >= floor) return [];
        const { account, commodity } = on;
        return [{ account, commodity, balance, floor, needed: -amount, missing: floor - after }];
      });
    },
    post: (change) => {
      for (const { on, floor } of change.floors) {
        moved.set(on.key, { on, balance: standing(on).balance, floor });
      }
      for (const { on, amount } of change.deltas) {
        const { balance, floor } = standing(on);
        moved.set(on.key, { on, balance: addAmounts(balance, amount), floor });
      }
    },
    written: () => [...moved.values()],
  };
}
