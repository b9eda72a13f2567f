import type { Shortfall, TransferDraft } from '@yunheng/domain/ledger/transfer';
import type { Instant } from '@yunheng/kernel/clock';
import type { ErrorCode, ErrorParams } from '@yunheng/kernel/errors';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Schema } from './schema/define.ts';

export type TableName = keyof Schema;
export type Row<T extends TableName> = Schema[T]['$inferSelect'];
export type NewRow<T extends TableName> = Schema[T]['$inferInsert'];

type AnyPg = PgDatabase<PgQueryResultHKT, Schema>;

/** Reads only: there is no insert, update or delete to call, and no relational query API. */
export type Reader = Pick<AnyPg, 'select' | 'selectDistinct' | '$count' | 'with'>;

/** A new row. A broken constraint fails this Change alone. */
export type Insert = {
  [T in TableName]: { readonly table: T; readonly row: NewRow<T> };
}[TableName];

/** A guarded row: written only where `version` is still the one that was read; the committer adds one to it. */
export type Update = {
  [T in VersionedTable]: {
    readonly table: T;
    readonly key: string;
    readonly version: number;
    readonly set: Partial<NewRow<T>>;
  };
}[VersionedTable];

/** Tables with `id` (or `name`) and `version`. */
export type VersionedTable = {
  [T in TableName]: 'version' extends keyof Row<T> ? T : never;
}[TableName];

/** Everything that one use case wants to become true, or nothing of it (design 5). */
export interface Change {
  readonly audit: AuditDraft;
  readonly transfers?: readonly TransferDraft[];
  readonly inserts?: readonly Insert[];
  readonly updates?: readonly Update[];
  /** Rows that were read and must still be as they were; nothing is written to them. */
  readonly guards?: readonly {
    readonly table: VersionedTable;
    readonly key: string;
    readonly version: number;
  }[];
  /** Takes the next number of a series without gaps and writes it into `table.column` of the row `key`. */
  readonly numbering?: {
    readonly series: string;
    readonly format: (n: number) => string;
    readonly requestId: string;
  };
  /** Double submit: same key and digest answers `done, replayed` with the first subject; another digest is a conflict. */
  readonly idempotency?: {
    readonly userId: string;
    readonly key: string;
    readonly inputDigest: string;
    readonly subjectId: string;
  };
  /** Floors to set on balances (quota floor of a department, zero for free/held/allocated by default). */
  readonly floors?: readonly {
    readonly account: string;
    readonly commodity: string;
    readonly floor: number;
  }[];
}

export interface AuditDraft {
  readonly actorId: string;
  readonly actorName: string;
  readonly via: 'session' | 'token' | 'system' | 'anonymous';
  readonly source: string;
  readonly httpRequestId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly tenantId: string | null;
  readonly detail: ErrorParams;
  readonly at: Instant;
}

export type CommitOutcome =
  /** `replayed`: the idempotency key or the cause was used before with the same input; `subjectId` is what it made then. */
  | {
      readonly kind: 'done';
      readonly number: string | null;
      readonly replayed: boolean;
      readonly subjectId: string | null;
    }
  /** The ledger would be oversold: nothing was written but the audit entry of the refusal (S1). */
  | { readonly kind: 'refused'; readonly shortfalls: readonly Shortfall[] }
  /** A version moved, a unique value is taken, or the idempotency key names other input: read and decide again. */
  | {
      readonly kind: 'conflict';
      readonly what: 'version' | 'unique' | 'idempotency';
      readonly name: string;
    };

/** What the sealer adds to entries that are written already: their numbers and links, and the head that it signed. */
export interface Seal {
  readonly entries: readonly {
    readonly id: string;
    readonly seq: number;
    readonly chainHash: string;
  }[];
  readonly head: NewRow<'auditHeads'>;
}

/** That somebody came back to a session: not a change that anybody answers for (ADR 0014). */
export interface LifeSign {
  readonly sessionId: string;
  /** When it was last seen as far as the caller knows: who knows less writes nothing. */
  readonly before: Instant;
  readonly at: Instant;
}

/** A use case that refuses by rule still leaves one audit entry (S1). */
export interface Refusal {
  readonly audit: AuditDraft;
  readonly code: ErrorCode;
}

export interface Store {
  readonly tables: Schema;
  readonly read: Reader;
  /** Group commit: whoever waits together commits together. Durable when the promise resolves. */
  commit(change: Change): Promise<CommitOutcome>;
  /** Records a refusal to a known person, in the same batch as other Changes. */
  refuse(refusal: Refusal): Promise<void>;
  /** All of it or nothing; false when another sealer was first. No audit entry of its own, or sealing would never end. */
  seal(seal: Seal): Promise<boolean>;
  /** The one write without an audit entry: an open page would make one every minute. */
  seen(sign: LifeSign): Promise<void>;
  /** Called after each commit with the request ids whose events changed, in this process; a hint, never the truth. */
  onCommit(listener: (touched: Touched) => void): () => void;
  close(): Promise<void>;
}

export interface Touched {
  readonly requestIds: ReadonlySet<string>;
  readonly outbox: boolean;
}
