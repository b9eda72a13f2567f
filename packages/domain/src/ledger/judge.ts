import { addAmounts, type Amount } from '@yunheng/kernel/quantity';
import { parseAccount } from './accounts.ts';
import { balanced, balanceKey, merged } from './algebra.ts';
import type { Entry, Shortfall, TransferDraft } from './transfer.ts';

/** A kept balance. A null floor means that the account may go below any number (supply, issued). */
export interface Balance {
  readonly account: string;
  readonly commodity: string;
  readonly balance: Amount;
  readonly floor: Amount | null;
}

export type Balances = ReadonlyMap<string, Balance>;

export const balancesOf = (rows: readonly Balance[]): Balances =>
  new Map(rows.map((row) => [balanceKey(row.account, row.commodity), row]));

/** The floor of an account that nobody has set one for: none where value enters the books, zero elsewhere (law L1). */
export function defaultFloor(account: string): Amount | null {
  const stage = parseAccount(account)?.stage;
  return stage === 'supply' || stage === 'issued' ? null : 0;
}

export type Judgement =
  | { readonly kind: 'accepted'; readonly balances: Balances }
  | { readonly kind: 'refused'; readonly shortfalls: readonly Shortfall[] }
  /** A programmer's error of the caller: it must not be written and is nobody's lack of capacity. */
  | { readonly kind: 'unbalanced' };

/**
 * Judges transfers that stand or fall together against the balances before them. Pure: the balances given stay as
 * they are. An account below its floor may still rise; it may not sink further. Transfers are netted first, so that
 * a release and a hold of the same Change need no room for both.
 */
export function judge(
  balances: Balances,
  transfers: readonly Pick<TransferDraft, 'entries'>[],
): Judgement {
  if (!transfers.every((transfer) => balanced(transfer.entries))) return { kind: 'unbalanced' };
  const after = new Map(balances);
  const shortfalls: Shortfall[] = [];
  for (const entry of merged(transfers.flatMap((transfer) => transfer.entries))) {
    const before = balanceBefore(balances, entry);
    if (entry.amount < 0 && isBelowFloor(before, entry.amount))
      shortfalls.push(shortfallOf(before, -entry.amount));
    else
      after.set(balanceKey(entry.account, entry.commodity), {
        ...before,
        balance: addAmounts(before.balance, entry.amount),
      });
  }
  return shortfalls.length > 0
    ? { kind: 'refused', shortfalls }
    : { kind: 'accepted', balances: after };
}

const balanceBefore = (balances: Balances, entry: Entry): Balance =>
  balances.get(balanceKey(entry.account, entry.commodity)) ?? {
    account: entry.account,
    commodity: entry.commodity,
    balance: 0,
    floor: defaultFloor(entry.account),
  };

const isBelowFloor = (before: Balance, change: Amount): boolean =>
  before.floor !== null && before.balance + change < before.floor;

function shortfallOf(before: Balance, needed: Amount): Shortfall {
  const floor = before.floor ?? 0;
  const missing = floor - (before.balance - needed);
  return {
    account: before.account,
    commodity: before.commodity,
    balance: before.balance,
    floor,
    needed,
    missing,
  };
}
