import type { Amount } from '@yunheng/kernel/quantity';
import type { AuditDraft, Change, Insert, Refusal, TableName } from '../store.ts';
import type { BalanceKey } from './facts.ts';

/** A row ready for the driver. */
export interface PreparedRow {
  readonly table: TableName;
  readonly values: readonly unknown[];
}

/** A row that must still be in the version that was read; `versionKey` says which row. */
export interface PreparedGuard {
  readonly table: TableName;
  readonly key: string;
  readonly versionKey: string;
  readonly expected: number;
}

/** A guarded row: `columns` are database names. */
export interface PreparedUpdate extends PreparedGuard {
  readonly version: number;
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
}

export interface Delta {
  readonly on: BalanceKey;
  readonly amount: Amount;
}

export interface PreparedFloor {
  readonly on: BalanceKey;
  readonly floor: Amount;
}

export interface PreparedNumbering {
  readonly series: string;
  readonly format: (n: number) => string;
  readonly requestId: string;
}

export interface PreparedKey {
  readonly pair: string;
  readonly inputDigest: string;
  readonly subjectId: string;
  readonly row: PreparedRow;
}

/** One caller's Change, checked and mapped before it waits, so that a mistake in it can meet nobody else. */
export interface PreparedChange {
  readonly kind: 'change';
  readonly draft: AuditDraft;
  readonly auditRow: PreparedRow;
  readonly causes: readonly string[];
  readonly deltas: readonly Delta[];
  readonly floors: readonly PreparedFloor[];
  readonly rows: readonly PreparedRow[];
  readonly updates: readonly PreparedUpdate[];
  readonly guards: readonly PreparedGuard[];
  /** What it adds, as it was said: a later Change of the same batch may already guard on a version of it. */
  readonly inserted: readonly Insert[];
  readonly numbering: PreparedNumbering | null;
  readonly idempotency: PreparedKey | null;
  readonly requestIds: readonly string[];
  readonly outbox: boolean;
}

export interface PreparedRefusal {
  readonly kind: 'refusal';
  readonly auditRow: PreparedRow;
}

export type Prepared = PreparedChange | PreparedRefusal;

export interface Preparer {
  change(change: Change): PreparedChange;
  refusal(refusal: Refusal): PreparedRefusal;
}
