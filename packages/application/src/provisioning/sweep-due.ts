import { overdueTasks, unwokenTasks } from '@yunheng/db/queries/provisioning';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { runTask } from './run-task.ts';

const batch = 200;

export interface SweptDue {
  /** Tasks past their deadline, now waiting for a person. */
  readonly overdue: number;
  /** Tasks that no wake-up stood for. */
  readonly rewoken: number;
}

/** No state without deadline (law P7), no intent without a wake-up: run every few seconds, beside the relay. */
export async function sweepDue(deps: Deps, clusters: Clusters): Promise<SweptDue> {
  const now = deps.clock.business();
  const [overdue, unwoken] = await Promise.all([
    overdueTasks(deps.store, now, batch),
    unwokenTasks(deps.store, batch),
  ]);
  // A pass over an overdue task says so before it looks at any cluster.
  for (const { id } of overdue) await runTask(deps, clusters, id);
  const outcomes = await Promise.all(unwoken.map((task) => rewake(deps, task)));
  return { overdue: overdue.length, rewoken: outcomes.filter(Boolean).length };
}

async function rewake(
  deps: Deps,
  task: Awaited<ReturnType<typeof unwokenTasks>>[number],
): Promise<boolean> {
  const now = deps.clock.business();
  const outcome = await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'provisioning.rewake',
      subjectKind: 'task',
      subjectId: task.id,
      tenantId: task.tenantId,
    }),
    // The version makes two sweeps leave one wake-up.
    updates: [
      { table: 'provisioningTasks', key: task.id, version: task.version, set: { nextAt: now } },
    ],
    inserts: [
      {
        table: 'outbox',
        row: {
          id: deps.ids.next('outbox'),
          topic: 'provision',
          aggregateId: task.allocationId,
          subjectId: task.id,
          wake: 0,
          createdAt: now,
          nextAt: now,
          doneAt: null,
          version: 1,
        },
      },
    ],
  });
  return outcome.kind === 'done';
}
