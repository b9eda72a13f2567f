import type { DomainError } from '@yunheng/kernel/errors';
import { err, type Result } from '@yunheng/kernel/result';
import { auditOf, type AuditSubject } from './audit-of.ts';
import type { Call, Deps } from './deps.ts';

const recorded = new WeakSet<DomainError>();

/** Whether this very refusal has its audit entry already: the ladder of rpc writes the missing ones. */
export const isRecorded = (error: DomainError): boolean => recorded.has(error);

/** A refusal to a known person leaves one audit entry (law S1) and goes back to the caller as it is. */
export async function refuse(
  deps: Deps,
  call: Call,
  refusal: { subject: AuditSubject; error: DomainError },
): Promise<Result<never, DomainError>> {
  await deps.store.refuse({
    audit: auditOf(deps, call, refusal.subject),
    code: refusal.error.code,
  });
  recorded.add(refusal.error);
  return err(refusal.error);
}
