import { may, type ProcedureName, type RelationFacts } from '@yunheng/domain/identity/policy';
import type { Actor } from '@yunheng/domain/identity/roles';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';

/** The policy table's answer as a result. A foreign subject reads like one that does not exist. */
export function authorize(
  actor: Actor,
  action: ProcedureName,
  facts: RelationFacts,
): Result<null, DomainError> {
  const verdict = may(actor, action, facts);
  return verdict.allowed ? ok(null) : err(domainError(verdict.code));
}
