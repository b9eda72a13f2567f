import type { Instant } from '@yunheng/kernel/clock';
import type { Amount } from '@yunheng/kernel/quantity';

/** Why a transfer was made. Unique: posting the same cause twice is a no-op that returns the first outcome. */
export interface Cause {
  readonly kind: CauseKind;
  readonly id: string;
}

export const causeKinds = [
  'supply', // capacity read from a cluster, or a declared overcommit
  'entitlement', // quota that the authority issues to a department
  'hold', // submission of a request, id = request:revision:attempt
  'hold_move', // operator moved a line to another pool
  'hold_release', // withdrawn, returned, rejected, expired
  'allocate', // activation: held -> allocated
  'free', // release or decrease, when the cluster has confirmed
] as const;
export type CauseKind = (typeof causeKinds)[number];

export interface Entry {
  readonly account: string;
  readonly commodity: string;
  readonly amount: Amount;
}

/** A double-entry transfer to be judged: entries sum to zero per commodity (law L2). */
export interface TransferDraft {
  readonly id: string;
  readonly cause: Cause;
  readonly effectiveAt: Instant;
  readonly reverses?: string;
  readonly entries: readonly Entry[];
}

/** Why a transfer was refused (law L5): the account, what it holds, what was asked, and what is missing. */
export interface Shortfall {
  readonly account: string;
  readonly commodity: string;
  readonly balance: Amount;
  readonly floor: Amount;
  readonly needed: Amount;
  readonly missing: Amount;
}
