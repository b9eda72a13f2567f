import { canonicalJson } from '@yunheng/kernel/canonical';
import { sm3Hex } from './sm3.ts';
import type { NewRow } from './store.ts';

export type AuditContent = Omit<NewRow<'auditEntries'>, 'contentHash' | 'seq' | 'chainHash'>;

/** SM3 over everything that an entry says; what the sealer adds later (number, chain) is not covered. */
export function auditContentHash(entry: AuditContent): string {
  const content: Required<AuditContent> = {
    id: entry.id,
    recordedAt: entry.recordedAt,
    actorId: entry.actorId,
    actorName: entry.actorName,
    via: entry.via,
    source: entry.source,
    httpRequestId: entry.httpRequestId,
    action: entry.action,
    outcome: entry.outcome,
    errorCode: entry.errorCode ?? null,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    tenantId: entry.tenantId ?? null,
    detail: entry.detail,
  };
  return sm3Hex(canonicalJson(content));
}
