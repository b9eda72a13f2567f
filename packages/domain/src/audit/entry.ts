import { canonicalJson } from '@yunheng/kernel/canonical';
import type { Instant } from '@yunheng/kernel/clock';
import type { ErrorParams } from '@yunheng/kernel/errors';

/** What an entry says. The sealer adds number and chain later; they are not covered by the content hash. */
export interface AuditContent {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly actorId: string;
  readonly actorName: string;
  readonly via: string;
  readonly source: string;
  readonly httpRequestId: string;
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly errorCode: string | null;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly tenantId: string | null;
  readonly detail: ErrorParams;
}

/**
 * The text that the content hash covers: exactly these members in sorted order, whatever else a row carries, so that
 * a column added later does not break the proof of what was written before.
 */
export function canonicalEntry(entry: AuditContent): string {
  const content: AuditContent = {
    id: entry.id,
    recordedAt: entry.recordedAt,
    actorId: entry.actorId,
    actorName: entry.actorName,
    via: entry.via,
    source: entry.source,
    httpRequestId: entry.httpRequestId,
    action: entry.action,
    outcome: entry.outcome,
    errorCode: entry.errorCode,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    tenantId: entry.tenantId,
    detail: entry.detail,
  };
  return canonicalJson(content);
}

/** Members of these names never reach an entry (law S3): whoever builds a detail passes it through here. */
const secretNames = /password|secret|token|cookie|authorization|kubeconfig/i;

export const withoutSecrets = (detail: ErrorParams): ErrorParams =>
  Object.fromEntries(Object.entries(detail).filter(([name]) => !secretNames.test(name)));
