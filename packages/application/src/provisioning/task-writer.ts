import type { TaskFacts } from '@yunheng/db/queries/provisioning';
import type { Change, Insert, NewRow, Update } from '@yunheng/db/store';
import { auditOf } from '../audit-of.ts';
import type { Deps } from '../deps.ts';
import { systemCall } from '../identity/system-call.ts';

/** Somebody else's commit moved the task: this actor is stale and stops (law P5). */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

export type TaskSet = Partial<NewRow<'provisioningTasks'>>;
export type AllocationSet = Partial<NewRow<'allocations'>>;

/** Rows that become true in the same commit as a move of the task. */
export interface TaskRows {
  readonly transfers?: Change['transfers'];
  readonly inserts?: readonly Insert[];
  readonly updates?: readonly Update[];
  readonly allocation?: AllocationSet;
}

export interface TaskMove {
  /** Action of the audit entry. */
  readonly action: string;
  readonly set: TaskSet;
  readonly rows: TaskRows;
}

export interface TaskWriter {
  /** Version of the task row as last seen or written here. */
  readonly version: number;
  /** Throws TakenOver when a row is not as it was: nothing was written then. */
  write(move: TaskMove): Promise<void>;
}

/** Every write moves the version of the task, so that of two workers only one goes on. */
export function taskWriter(deps: Deps, { task, allocation }: TaskFacts): TaskWriter {
  const versions = { task: task.version, allocation: allocation.version };
  return {
    get version() {
      return versions.task;
    },
    async write({ action, set, rows }) {
      const updates: Update[] = [
        { table: 'provisioningTasks', key: task.id, version: versions.task, set },
        ...(rows.updates ?? []),
      ];
      const owned = rows.allocation ?? {};
      const writesAllocation = Object.keys(owned).length > 0;
      const { id } = allocation;
      if (writesAllocation)
        updates.push({
          table: 'allocations',
          key: id,
          version: versions.allocation,
          set: owned,
        });
      const outcome = await deps.store.commit({
        audit: auditOf(deps, systemCall, {
          action,
          subjectKind: 'task',
          subjectId: task.id,
          tenantId: task.tenantId,
          detail: {
            namespace: allocation.namespace,
            state: set.state ?? null,
            step: set.step ?? null,
          },
        }),
        inserts: rows.inserts ?? [],
        updates,
        transfers: rows.transfers ?? [],
      });
      if (outcome.kind !== 'done') throw new TakenOver();
      versions.task += 1;
      if (writesAllocation) versions.allocation += 1;
    },
  };
}
