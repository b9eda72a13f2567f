import { belowFloor, replayDifferences, unbalancedTransfers } from '@yunheng/db/queries/ledger';
import {
  contradictoryHolds,
  holdBalances,
  inexactAmounts,
  ownerlessHolds,
} from '@yunheng/db/queries/laws/ledger';
import type { Row, Store } from '@yunheng/db/store';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import {
  capacityAccounts,
  capacityCommodity,
  quotaAccounts,
  quotaCommodity,
} from '@yunheng/domain/ledger/accounts';
import type { Looked } from './law.ts';

/** L2: every transfer sums to zero, and every kept balance equals its entries from the first one on. */
export async function lookAtDoubleEntry(store: Store): Promise<Looked> {
  const [balances, transfers] = await Promise.all([
    replayDifferences(store),
    unbalancedTransfers(store),
  ]);
  return {
    checked: balances.checked + transfers.checked,
    findings: [
      ...transfers.transferIds.map((id) => `transfer ${id} does not sum to zero`),
      ...balances.differences.map(
        ({ account, commodity, kept, replayed }) =>
          `${account} keeps ${kept ?? 'nothing'} of ${commodity}, its entries sum to ${replayed}`,
      ),
    ],
  };
}

/** L3: whole safe integers in their canonical unit. */
export async function lookAtExactness(store: Store): Promise<Looked> {
  const { checked, found } = await inexactAmounts(store);
  return { checked, findings: found.map((name) => `${name} holds no exact amount`) };
}

/** The part of L1 that the ledger alone shows: nothing below its floor. */
export async function lookAtFloors(store: Store): Promise<Looked> {
  const { checked, balances } = await belowFloor(store);
  return {
    checked,
    findings: balances.map(
      ({ account, commodity, balance, floor }) =>
        `${account} stands at ${balance} of ${commodity}, below ${floor ?? 0}`,
    ),
  };
}

/** L4: a live hold has one living owner and an expiry, and both books hold exactly its amount. */
export async function lookAtHolds(store: Store): Promise<Looked> {
  const [contradictory, ownerless, { live, held }] = await Promise.all([
    contradictoryHolds(store),
    ownerlessHolds(store),
    holdBalances(store),
  ]);
  return {
    checked: contradictory.checked + held.length,
    findings: [
      ...contradictory.ids.map((id) => `hold ${id}: its state and its end contradict each other`),
      ...ownerless.map((id) => `hold ${id} is live, but nobody waits for it`),
      ...doubleHolds(live),
      ...live
        .filter((hold) => !(hold.expiresAt > hold.createdAt))
        .map((hold) => `hold ${hold.id} never expires`),
      ...unequal(live, held),
    ],
  };
}

const doubleHolds = (live: readonly Row<'holds'>[]): readonly string[] =>
  [...Map.groupBy(live, (hold) => hold.lineId)]
    .filter(([, holds]) => holds.length > 1)
    .map(([lineId, holds]) => `line ${lineId} is held ${holds.length} times`);

function unequal(
  live: readonly Row<'holds'>[],
  held: readonly Row<'ledgerBalances'>[],
): readonly string[] {
  const said = new Map<string, number>();
  for (const hold of live) {
    for (const key of accountsOf(hold)) said.set(key, (said.get(key) ?? 0) + hold.amount);
  }
  const kept = new Map(held.map((row) => [`${row.account} ${row.commodity}`, row.balance]));
  return [...new Set([...said.keys(), ...kept.keys()])]
    .filter((key) => (said.get(key) ?? 0) !== (kept.get(key) ?? 0))
    .map((key) => `${key}: holds say ${said.get(key) ?? 0}, the ledger ${kept.get(key) ?? 0}`);
}

function accountsOf({ poolId, departmentId, lineId, resource }: Row<'holds'>): readonly string[] {
  const name = resource as ResourceName; // written from a line's resource
  return [
    `${capacityAccounts.held(poolId, lineId)} ${capacityCommodity(poolId, name)}`,
    `${quotaAccounts.held(departmentId, lineId)} ${quotaCommodity(name)}`,
  ];
}
