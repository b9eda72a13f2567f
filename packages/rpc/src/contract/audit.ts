import { z } from 'zod';
import { count, id, instant, none, pageNumber, pageSize, params, text } from './common.ts';

export const auditRow = z.strictObject({
  id,
  seq: z.number().int().nullable(),
  at: instant,
  actor: z.string(),
  actorId: z.string(),
  via: z.string(),
  action: z.string(),
  outcome: z.enum(['done', 'refused']),
  errorCode: z.string().nullable(),
  subjectKind: z.string(),
  subjectId: z.string(),
  detail: params,
  httpRequestId: z.string(),
  source: z.string(),
  chainHash: z.string().nullable(),
});
export const auditList = {
  input: z.strictObject({
    actor: text(64).optional(),
    object: text(64).optional(),
    action: text(64).optional(),
    outcome: z.enum(['done', 'refused']).optional(),
    /** Acts of people, those on the host included, or what the installation does by itself; both without it. */
    by: z.enum(['people', 'system']).optional(),
    from: instant.optional(),
    to: instant.optional(),
    page: pageNumber,
    size: pageSize,
  }),
};
export const auditVerify = {
  input: none,
  output: z.strictObject({
    ok: z.boolean(),
    entries: count,
    heads: count,
    unsealed: count,
    firstBad: z.strictObject({ seq: z.number().int().nullable(), id, what: z.string() }).nullable(),
  }),
};
/** `ok: null` when the facts could not be read, or the law is shown by a test (`shownBy`). */
export const law = z.strictObject({
  id: z.string(),
  ok: z.boolean().nullable(),
  checked: count,
  findings: z.array(z.string()),
  shownBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export const verify = {
  input: none,
  output: z.strictObject({
    laws: z.array(law),
    ok: z.boolean(),
    incomplete: z.boolean(),
    at: instant,
  }),
};

export const ledgerAccount = {
  input: z.strictObject({ account: text(200), asOf: instant.optional() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({ account: z.string(), commodity: z.string(), balance: z.number().int() }),
    ),
    asOf: instant.nullable(),
  }),
};
