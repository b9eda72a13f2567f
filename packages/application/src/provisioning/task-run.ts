import type { TaskFacts } from '@yunheng/db/queries/provisioning';
import type { Insert, Update } from '@yunheng/db/store';
import { isFurther, type TaskStep } from '@yunheng/domain/provisioning/steps';
import {
  decideTask,
  taskRules,
  type TaskDecision,
  type TaskEvent,
  type TaskStanding,
} from '@yunheng/domain/provisioning/task';
import type { ErrorParams } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';
import { eventRow } from '../requests/people.ts';
import { failureRows } from './failure-rows.ts';
import { taskWriter, type AllocationSet, type TaskRows, type TaskSet } from './task-writer.ts';

export interface Told {
  readonly params?: ErrorParams;
  readonly allocation?: AllocationSet;
  readonly inserts?: readonly Insert[];
}

export interface Settlement {
  readonly params?: ErrorParams;
  readonly rows?: TaskRows;
}

export interface TaskRun {
  readonly facts: TaskFacts;
  readonly standing: TaskStanding;
  /** Version of the task row as this run last saw or wrote it. */
  readonly version: number;
  /** A step is done: told soon, in one Change with whatever else waits. Throws once the task belongs to another. */
  reach(step: TaskStep, told?: Told): void;
  /** Everything told so far is durable. */
  flush(): Promise<void>;
  /** Moves the task by what happened, with the rows that go with it; false when its state does not admit that. */
  settle(event: TaskEvent, settlement?: Settlement): Promise<boolean>;
}

/**
 * One worker's pass over one task. The cluster's answers do not wait for the database nor the other way round:
 * while one commit is under way, further steps gather for the next.
 */
export function startRun(deps: Deps, facts: TaskFacts): TaskRun {
  const { task, allocation, request } = facts;
  const writer = taskWriter(deps, facts);
  let standing = standingOf(facts);
  let waiting: Insert[] = [];
  let allocationSet: AllocationSet = {};
  let failure: unknown = null;
  let flight: Promise<void> | null = null;

  const write = async (action: string, set: TaskSet, rows: TaskRows): Promise<void> => {
    const inserts = [...waiting, ...(rows.inserts ?? [])];
    const owned = { ...allocationSet, ...rows.allocation };
    waiting = [];
    allocationSet = {};
    await writer.write({ action, set, rows: { ...rows, inserts, allocation: owned } });
  };
  const writeSteps = async (): Promise<void> => {
    while (waiting.length > 0 && failure === null) {
      const { state, step, nextAt } = standing;
      await write('provisioning.step', { state, step, nextAt, errorCode: null }, {});
    }
  };
  const launch = async (): Promise<void> => {
    try {
      await writeSteps();
    } catch (error) {
      // Nobody waits for this commit alone: it shows at the next step.
      failure = error;
    } finally {
      flight = null;
    }
  };
  const landed = async (): Promise<void> => {
    await flight;
    if (failure !== null) throw failure;
  };

  return {
    facts,
    get standing() {
      return standing;
    },
    get version() {
      return writer.version;
    },
    reach(step, told = {}) {
      if (failure !== null) throw failure;
      Object.assign(allocationSet, told.allocation);
      if (!isFurther(task.kind, standing.step, step)) return;
      standing = { ...standing, step, state: step === 'grace' ? 'grace' : 'running' };
      const params = { step, namespace: allocation.namespace, ...told.params };
      waiting.push(eventRow(deps, request, { kind: 'task_step', actorId: null, params }));
      waiting.push(...(told.inserts ?? []));
      flight ??= launch();
    },
    async flush() {
      await landed();
      await writeSteps();
    },
    async settle(event, { params = {}, rows = {} } = {}) {
      await landed();
      const now = deps.clock.business();
      const decided = decideTask(standing, event, { now, rules: taskRules });
      if (!decided.ok) return false;
      standing = decided.value.next;
      const { set, rows: own } = await settlementOf(deps, facts, { ...decided.value, params });
      await write(
        `provisioning.${event.kind}`,
        event.kind === 'in_use' ? { ...set, ownerRole: 'applicant' } : set,
        {
          ...rows,
          inserts: [...(own.inserts ?? []), ...(rows.inserts ?? [])],
          updates: [...(own.updates ?? []), ...(rows.updates ?? [])],
        },
      );
      return true;
    },
  };
}

/** Steps of the row were written from a TaskStep. */
function standingOf({ task }: TaskFacts): TaskStanding {
  const { kind, state, attempts, nextAt, deadlineAt } = task;
  return { kind, state, step: task.step as TaskStep | null, attempts, nextAt, deadlineAt };
}

interface Decided extends TaskDecision {
  readonly params: ErrorParams;
}

/** What a decision of the task machine writes by itself: the row, its wake-up, the event, a failure's notices. */
async function settlementOf(
  deps: Deps,
  facts: TaskFacts,
  { next, told, errorCode, params }: Decided,
): Promise<{ readonly set: TaskSet; readonly rows: TaskRows }> {
  const { wake, request, allocation } = facts;
  const now = deps.clock.business();
  const { state, step, attempts, nextAt, deadlineAt } = next;
  const ended = state === 'done' || state === 'failed';
  const failed = state === 'failed' ? await failureRows(deps, facts, errorCode) : {};
  const wakeUpdate = (row: NonNullable<TaskFacts['wake']>): Update => ({
    table: 'outbox',
    key: row.id,
    version: row.version,
    set: ended ? { doneAt: now } : { nextAt },
  });
  const code = errorCode === null ? {} : { code: errorCode };
  const event =
    told === null || told === 'task_step'
      ? []
      : [
          eventRow(deps, request, {
            kind: told,
            actorId: null,
            params: { namespace: allocation.namespace, ...code, ...params },
          }),
        ];
  return {
    set: {
      state,
      step,
      attempts,
      nextAt,
      deadlineAt,
      errorCode,
      errorParams: errorCode === null ? null : params,
      finishedAt: state === 'done' ? now : null,
      ...failed.task,
    },
    rows: {
      inserts: [...event, ...(failed.inserts ?? [])],
      updates: [...(wake === null ? [] : [wakeUpdate(wake)]), ...(failed.updates ?? [])],
    },
  };
}
