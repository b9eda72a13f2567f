import type { Ids } from '@yunheng/kernel/ids';
import type { Backend } from './committer/backend.ts';
import { auditWriter } from './committer/audit-row.ts';
import { committer } from './committer/committer.ts';
import { preparer } from './committer/prepare.ts';
import type { Schema } from './schema/define.ts';
import type { LifeSign, Reader, Seal, Store, Touched } from './store.ts';
import type { Shapes } from './table-shape.ts';

export interface StoreOptions {
  /** Names audit entries. */
  readonly ids: Ids;
  /** Most connections to PostgreSQL at once; SQLite has its two. */
  readonly connections?: number;
  /** Schema of PostgreSQL that holds the tables; `public` without it. */
  readonly schema?: string;
  /** Most that a SQLite file may grow to; without it the disk is the limit. */
  readonly maxBytes?: number;
}

export interface Database {
  readonly tables: Schema;
  readonly shapes: Shapes;
  readonly backend: Backend;
  readonly seal: (seal: Seal) => Promise<boolean>;
  readonly seen: (sign: LifeSign) => Promise<void>;
  readonly read: Reader;
  readonly close: () => Promise<void>;
}

/** The Store of either database. */
export function storeOver(database: Database, { ids }: StoreOptions): Store {
  const { tables, shapes, backend, seal, seen, read, close } = database;
  const listeners = new Set<(touched: Touched) => void>();
  const rules = { shapes, writeAudit: auditWriter(shapes.auditEntries, ids) };
  const prepare = preparer(shapes, ids);
  const announce = (touched: Touched): void => {
    for (const listener of listeners) queueMicrotask(() => tell(listener, touched));
  };
  const queue = committer({ backend, rules, announce });
  return {
    tables,
    read,
    commit: async (change) => queue.submit(prepare.change(change)),
    refuse: async (refusal) => {
      await queue.submit(prepare.refusal(refusal));
    },
    seal,
    seen,
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await queue.idle();
      await close();
    },
  };
}

/** The commit stands whatever a listener does with the hint: one that throws loses it, and nobody else anything. */
function tell(listener: (touched: Touched) => void, touched: Touched): void {
  try {
    listener(touched);
  } catch {
    // Whoever missed the hint finds the rows at its next look.
  }
}
