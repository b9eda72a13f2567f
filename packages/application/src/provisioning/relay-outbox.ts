import { dueWakes } from '@yunheng/db/queries/provisioning';
import type { Row } from '@yunheng/db/store';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import type { WakeQueue } from './ports.ts';
import { queueDepth, terms } from './terms.ts';

/**
 * Hands wake-ups whose time has come to the queue, the oldest of each aggregate. The next hand-over is dated before
 * the queue is told: whatever happens to the queue, the row comes up again. Answers with how many were handed over.
 */
export async function relayOutbox(deps: Deps, queue: WakeQueue): Promise<number> {
  const room = queueDepth - (await queue.waiting());
  if (room <= 0) return 0;
  const now = deps.clock.business();
  const due = await dueWakes(deps.store, now, room);
  if (due.length === 0) return 0;
  const outcome = await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'provisioning.relay',
      subjectKind: 'outbox',
      subjectId: due[0]?.id ?? '',
      tenantId: null,
      detail: { count: due.length },
    }),
    updates: due.map((wake) => ({
      table: 'outbox',
      key: wake.id,
      version: wake.version,
      set: { wake: wake.wake + 1, nextAt: now + terms.handoverMs },
    })),
  });
  // Another relay was faster with one of them: the rest comes up at the next tick.
  if (outcome.kind !== 'done') return 0;
  await Promise.all(due.map((wake) => queue.add(jobOf(wake))));
  return due.length;
}

const jobOf = (wake: Row<'outbox'>) => ({
  jobId: `${wake.id}-${wake.wake + 1}`,
  taskId: wake.subjectId,
  delayMs: 0,
});
