import type { ProcedureName, RelationFacts } from '@yunheng/domain/identity/policy';
import type { DomainError } from '@yunheng/kernel/errors';
import type { Result } from '@yunheng/kernel/result';
import type { AuditSubject } from './audit-of.ts';
import { authorize } from './authorize.ts';
import type { Call, Deps } from './deps.ts';
import { refuse } from './refuse.ts';

export interface Permission {
  readonly action: ProcedureName;
  readonly subject: Pick<AuditSubject, 'subjectKind' | 'subjectId' | 'tenantId'>;
  readonly facts?: RelationFacts;
}

/** Asks the policy table for a reading; a refusal leaves its audit entry (law S1). */
export async function permit(
  deps: Deps,
  call: Call,
  asked: Permission,
): Promise<Result<null, DomainError>> {
  const { action, subject, facts = {} } = asked;
  const verdict = authorize(call.actor, action, facts);
  if (verdict.ok) return verdict;
  return refuse(deps, call, { subject: { action, ...subject }, error: verdict.error });
}
