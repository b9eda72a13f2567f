import type { Change } from '@yunheng/db/store';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { refuse as refuseCall } from '../refuse.ts';

/** What a decision wants: a Change and its answer, or a refusal that goes into the audit. */
export type Decided<T> = Result<{ readonly change: Change | null; readonly value: T }, DomainError>;

const attempts = 5;

/**
 * Reads and decides until the commit finds what was read: at most five times, then the caller is told.
 * Identity never moves the ledger, so `refused` cannot come back.
 */
export async function commitDecided<T>(
  deps: Deps,
  decide: () => Promise<Decided<T>>,
  onUnique?: () => DomainError,
): Outcome<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    // Each attempt depends on what the one before met.
    // eslint-disable-next-line no-await-in-loop
    const decided = await decide();
    if (!decided.ok) return decided;
    const { change, value } = decided.value;
    if (change === null) return ok(value);
    // eslint-disable-next-line no-await-in-loop
    const outcome = await deps.store.commit(change);
    if (outcome.kind === 'done') return ok(value);
    if (outcome.kind === 'conflict' && outcome.what === 'unique' && onUnique !== undefined) {
      return err(onUnique());
    }
  }
  return err(domainError('store.conflict'));
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
