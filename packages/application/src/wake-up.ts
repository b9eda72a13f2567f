import type { Insert } from '@yunheng/db/store';
import type { Deps } from './deps.ts';

/** A task's wake-up, due at once. Committed with what makes it necessary, so that neither is without the other (ADR 0012). */
export const taskWake = (
  deps: Deps,
  task: { readonly id: string; readonly allocationId: string },
): Insert =>
  wakeUp(deps, { topic: 'provision', aggregateId: task.allocationId, subjectId: task.id });

/** Revocations have no order among themselves: each is an aggregate of its own. */
export const revocationWake = (deps: Deps, id: string): Insert =>
  wakeUp(deps, { topic: 'revoke', aggregateId: id, subjectId: id });

function wakeUp(
  deps: Deps,
  of: { topic: 'provision' | 'revoke'; aggregateId: string; subjectId: string },
): Insert {
  const now = deps.clock.business();
  const row = {
    id: deps.ids.next('outbox'),
    ...of,
    wake: 0,
    createdAt: now,
    nextAt: now,
    doneAt: null,
    version: 1,
  };
  return { table: 'outbox', row };
}
