import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, type Result } from '@yunheng/kernel/result';

export const conflicted: unique symbol = Symbol('conflicted');
const attempts = 5;

/** Runs a use case that answers `conflicted` when somebody else's commit came between: it reads and decides again. */
export async function decideAgain<T>(
  once: () => Promise<Result<T, DomainError> | typeof conflicted>,
): Promise<Result<T, DomainError>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const outcome = await once();
    if (outcome !== conflicted) return outcome;
  }
  return err(domainError('store.conflict'));
}
