import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Instant } from '@yunheng/kernel/clock';
import { inScope, type Scope } from '../scope.ts';
import type { Row, Store } from '../store.ts';
import { containsText } from './estate.ts';

export type AuditEntry = Row<'auditEntries'>;
export type AuditHead = Row<'auditHeads'>;

/** Entries without a number, in the order in which the sealer takes them. */
export const unsealedEntries = (
  store: Store,
  limit: number,
): Promise<Pick<AuditEntry, 'id' | 'recordedAt' | 'contentHash'>[]> => {
  const { auditEntries: table } = store.tables;
  return store.read
    .select({ id: table.id, recordedAt: table.recordedAt, contentHash: table.contentHash })
    .from(table)
    .where(isNull(table.seq))
    .orderBy(asc(table.recordedAt), asc(table.id))
    .limit(limit);
};

export async function unsealedCounts(
  store: Store,
  before: Instant,
): Promise<{ readonly all: number; readonly overdue: number }> {
  const { auditEntries: table } = store.tables;
  const [all, overdue] = await Promise.all([
    store.read.$count(table, isNull(table.seq)),
    store.read.$count(table, and(isNull(table.seq), lt(table.recordedAt, before))),
  ]);
  return { all, overdue };
}

/** The oldest entry that should have been sealed by now. */
export async function oldestUnsealed(store: Store): Promise<AuditEntry | null> {
  const { auditEntries: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(isNull(table.seq))
    .orderBy(asc(table.recordedAt))
    .limit(1);
  return row ?? null;
}

/** The chain's own end: the entry with the highest number, whatever the heads say. */
export async function lastSealed(
  store: Store,
): Promise<{ readonly seq: number; readonly chainHash: string } | null> {
  const { auditEntries: table } = store.tables;
  const [row] = await store.read
    .select({ seq: table.seq, chainHash: table.chainHash })
    .from(table)
    .where(isNotNull(table.seq))
    .orderBy(desc(table.seq))
    .limit(1);
  return row === undefined ? null : { seq: row.seq ?? 0, chainHash: row.chainHash ?? '' };
}

/** One page of the walk. */
export const sealedAfter = (store: Store, seq: number, limit: number): Promise<AuditEntry[]> => {
  const { auditEntries: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(gt(table.seq, seq))
    .orderBy(asc(table.seq))
    .limit(limit);
};

export const auditHeads = (store: Store): Promise<AuditHead[]> => {
  const { auditHeads: table } = store.tables;
  return store.read.select().from(table).orderBy(asc(table.seq));
};

export const headsAfter = (store: Store, seq: number): Promise<AuditHead[]> => {
  const { auditHeads: table } = store.tables;
  return store.read.select().from(table).where(gt(table.seq, seq)).orderBy(asc(table.seq));
};

export async function lastHead(store: Store): Promise<AuditHead | null> {
  const { auditHeads: table } = store.tables;
  const [row] = await store.read.select().from(table).orderBy(desc(table.seq)).limit(1);
  return row ?? null;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly object?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: AuditEntry['outcome'] | undefined;
  readonly by?: 'people' | 'system' | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly page: number;
  readonly size: number;
}

/** Newest first. `from` and `to` are half-open like every period. */
export async function auditPage(
  store: Store,
  scope: Scope,
  filter: AuditFilter,
): Promise<{ readonly rows: AuditEntry[]; readonly total: number }> {
  const { auditEntries: table } = store.tables;
  const where = and(inScope(table.tenantId, scope), ...conditions(store, filter));
  const rows = await store.read
    .select()
    .from(table)
    .where(where)
    .orderBy(desc(table.recordedAt), desc(table.id))
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size);
  const [counted] = await store.read.select({ total: count() }).from(table).where(where);
  return { rows, total: counted?.total ?? 0 };
}

function conditions(store: Store, filter: AuditFilter): (SQL | undefined)[] {
  const { auditEntries: table } = store.tables;
  const { actor = '', object = '', action = '', outcome, by, from, to } = filter;
  return [
    actor === '' ? undefined : or(eq(table.actorId, actor), containsText([table.actorName], actor)),
    object === ''
      ? undefined
      : or(eq(table.subjectId, object), containsText([table.subjectKind], object)),
    action === '' ? undefined : containsText([table.action], action),
    outcome === undefined ? undefined : eq(table.outcome, outcome),
    by === undefined ? undefined : doneBy(store, by),
    from === undefined ? undefined : gte(table.recordedAt, from),
    to === undefined ? undefined : lt(table.recordedAt, to),
  ];
}

/** A verb on the host is somebody's act, although the product does not know whose. */
const doneBy = (store: Store, by: 'people' | 'system'): SQL | undefined => {
  const { auditEntries: table } = store.tables;
  return by === 'people'
    ? or(ne(table.via, 'system'), eq(table.source, 'cli'))
    : and(eq(table.via, 'system'), ne(table.source, 'cli'));
};
