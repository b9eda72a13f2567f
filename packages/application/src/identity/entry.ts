import type { AuditDraft } from '@yunheng/db/store';
import type { ErrorParams } from '@yunheng/kernel/errors';
import { auditOf } from '../audit-of.ts';
import type { Call, Deps } from '../deps.ts';
import type { AnonymousCall } from './types.ts';

interface Act {
  readonly action: string;
  readonly subjectKind: 'user' | 'session' | 'token' | 'notice' | 'system';
  readonly subjectId: string;
  readonly detail?: ErrorParams;
}

/** The audit entry of an act on identities: they belong to no tenant, so only auditors read them. */
export const entryOf = (deps: Deps, call: Call, act: Act): AuditDraft =>
  auditOf(deps, call, { ...act, tenantId: null });

export function anonymousEntryOf(deps: Deps, call: AnonymousCall, act: Act): AuditDraft {
  return {
    actorId: 'anonymous',
    actorName: '',
    via: 'anonymous',
    source: call.source,
    httpRequestId: call.httpRequestId,
    action: act.action,
    subjectKind: act.subjectKind,
    subjectId: act.subjectId,
    tenantId: null,
    detail: act.detail ?? {},
    at: deps.clock.real(),
  };
}
