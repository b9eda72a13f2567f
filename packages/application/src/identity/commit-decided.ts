import type { Change } from '@yunheng/db/store';
import type { DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { conflicted, decideAgain } from '../decide-again.ts';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse as refuseCall } from '../refuse.ts';

/** What a decision wants: a Change and its answer, or a refusal that goes into the audit. */
export type Decided<T> = Result<{ readonly change: Change | null; readonly value: T }, DomainError>;

/**
 * Reads and decides until the commit finds what was read. A taken unique value is the caller's to explain.
 * Identity never moves the ledger, so `refused` cannot come back.
 */
export function commitDecided<T>(
  deps: Deps,
  decide: () => Promise<Decided<T>>,
  onUnique?: () => DomainError,
): Outcome<T> {
  return decideAgain(async () => {
    const decided = await decide();
    if (!decided.ok) return decided;
    const { change, value } = decided.value;
    if (change === null) return ok(value);
    const outcome = await deps.store.commit(change);
    if (outcome.kind === 'done') return ok(value);
    const taken = outcome.kind === 'conflict' && outcome.what === 'unique';
    return taken && onUnique !== undefined ? err(onUnique()) : conflicted;
  });
}

/** A refusal of a known person about a user, which belongs to no tenant. */
export function refuse(
  deps: Deps,
  call: Call,
  refusal: { action: string; subjectId: string; error: DomainError },
): Promise<Result<never, DomainError>> {
  const { action, subjectId, error } = refusal;
  const subject = { action, subjectId, subjectKind: 'user', tenantId: null, detail: error.params };
  return refuseCall(deps, call, { subject, error });
}
