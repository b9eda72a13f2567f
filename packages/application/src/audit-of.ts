import type { AuditDraft } from '@yunheng/db/store';
import { withoutSecrets } from '@yunheng/domain/audit/entry';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Call, Deps } from './deps.ts';

export interface AuditSubject {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly tenantId: string | null;
  readonly detail?: ErrorParams;
}

/** The audit entry of a call: who, from where, under which request, about what. */
export const auditOf = (deps: Deps, call: Call, subject: AuditSubject): AuditDraft => ({
  actorId: call.actor.userId,
  actorName: call.actor.displayName,
  via: call.actor.via,
  source: call.source,
  httpRequestId: call.httpRequestId,
  action: subject.action,
  subjectKind: subject.subjectKind,
  subjectId: subject.subjectId,
  tenantId: subject.tenantId,
  detail: withoutSecrets(subject.detail ?? {}),
  at: deps.clock.business(),
});
