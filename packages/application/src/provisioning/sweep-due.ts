import { overdueRevocations, unwokenRevocations } from '@yunheng/db/queries/access';
import { overdueTasks, unwokenTasks } from '@yunheng/db/queries/provisioning';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';
import { revocationWake, taskWake } from '../wake-up.ts';
import { runRevocation } from './run-revocation.ts';
import { runTask } from './run-task.ts';

const batch = 200;

export interface SweptDue {
  /** Tasks and revocations past their deadline, now waiting for a person. */
  readonly overdue: number;
  /** Those that no wake-up stood for. */
  readonly rewoken: number;
}

/** No state without deadline (law P7), no intent without a wake-up: run every few seconds, beside the relay. */
export async function sweepDue(deps: Deps, clusters: Clusters): Promise<SweptDue> {
  const now = deps.clock.business();
  const [tasks, revocations] = await Promise.all([
    overdueTasks(deps.store, now, batch),
    overdueRevocations(deps.store, now, batch),
  ]);
  // A pass over something overdue says so before it looks at any cluster.
  for (const { id } of tasks) await runTask(deps, clusters, id);
  for (const { id } of revocations) await runRevocation(deps, clusters, id);
  return { overdue: tasks.length + revocations.length, rewoken: await rewakeAll(deps) };
}

async function rewakeAll(deps: Deps): Promise<number> {
  const [tasks, revocations] = await Promise.all([
    unwokenTasks(deps.store, batch),
    unwokenRevocations(deps.store, batch),
  ]);
  const outcomes = await Promise.all([
    ...tasks.map((task) => rewake(deps, task)),
    ...revocations.map((revocation) => rewakeRevocation(deps, revocation)),
  ]);
  return outcomes.filter(Boolean).length;
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
    inserts: [taskWake(deps, task)],
  });
  return outcome.kind === 'done';
}

async function rewakeRevocation(
  deps: Deps,
  { id, version, userId, state }: Awaited<ReturnType<typeof unwokenRevocations>>[number],
): Promise<boolean> {
  const outcome = await deps.store.commit({
    audit: auditOf(deps, systemCall, {
      action: 'access.rewake',
      subjectKind: 'user',
      subjectId: userId,
      tenantId: null,
    }),
    // As above.
    updates: [{ table: 'accessRevocations', key: id, version, set: { state } }],
    inserts: [revocationWake(deps, id)],
  });
  return outcome.kind === 'done';
}
