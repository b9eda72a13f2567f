import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Columns } from '../../columns/postgres.ts';

export const defineAudit = (c: Columns) => ({
  /** Written in the commit of the effect; numbered and chained by the sealer (design 7, Audit). */
  auditEntries: c.table(
    'audit_entries',
    {
      id: c.id().primaryKey(),
      recordedAt: c.instant().notNull(),
      actorId: c.text().notNull(),
      actorName: c.text().notNull(),
      via: c.text().notNull(),
      source: c.text().notNull(),
      httpRequestId: c.text().notNull(),
      action: c.text().notNull(),
      outcome: c.text().$type<'done' | 'refused'>().notNull(),
      errorCode: c.text(),
      subjectKind: c.text().notNull(),
      subjectId: c.text().notNull(),
      tenantId: c.id(),
      detail: c.json<ErrorParams>().notNull(),
      /** SM3 of the canonical content above. */
      contentHash: c.text().notNull(),
      seq: c.integer(),
      chainHash: c.text(),
    },
    (t) => [
      c.uniqueIndex('audit_entries_seq_uq').on(t.seq),
      c.index('audit_entries_recorded_ix').on(t.recordedAt, t.id),
      c.index('audit_entries_subject_ix').on(t.subjectId),
    ],
  ),
  auditHeads: c.table('audit_heads', {
    seq: c.integer().primaryKey(),
    chainHash: c.text().notNull(),
    signedAt: c.instant().notNull(),
    keyId: c.text().notNull(),
    signature: c.text().notNull(),
  }),
  idempotencyKeys: c.table(
    'idempotency_keys',
    {
      userId: c.id().notNull(),
      key: c.text().notNull(),
      inputDigest: c.text().notNull(),
      subjectId: c.text().notNull(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.userId, t.key] })],
  ),
  numberSequences: c.table('number_sequences', {
    /** For instance `request:2026`. */
    name: c.text().primaryKey(),
    last: c.integer().notNull(),
  }),
  /** Installation facts: schema owner, business offset, profile. */
  settings: c.table('settings', {
    name: c.text().primaryKey(),
    value: c.json<unknown>().notNull(),
    version: c.integer().notNull(),
  }),
});
