import type { TaskFacts } from '@yunheng/db/queries/provisioning';
import type { Update } from '@yunheng/db/store';
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
import { stepBuffer, type Told } from './step-buffer.ts';
import { terms } from './terms.ts';
import { taskWriter, type TaskRows, type TaskSet } from './task-writer.ts';

export interface StepTold extends Partial<Told> {
  readonly params?: ErrorParams;
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
  reach(step: TaskStep, told?: StepTold): void;
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
  const steps = stepBuffer(writer, () => {
    const { state, step, nextAt } = standing;
    return { state, step, nextAt, errorCode: null };
  });
  return {
    facts,
    get standing() {
      return standing;
    },
    get version() {
      return writer.version;
    },
    reach(step, { params = {}, inserts = [], allocation: set = {} } = {}) {
      if (!isFurther(task.kind, standing.step, step)) {
        steps.push({ allocation: set });
        return;
      }
      standing = { ...standing, step, state: step === 'grace' ? 'grace' : 'running' };
      const about = { step, namespace: allocation.namespace, ...params };
      const event = eventRow(deps, request, { kind: 'task_step', actorId: null, params: about });
      steps.push({ inserts: [event, ...inserts], allocation: set });
      if (milestones.includes(step)) steps.launch();
    },
    flush: () => steps.flush(),
    async settle(event, { params = {}, rows = {} } = {}) {
      await steps.landed();
      const now = deps.clock.business();
      const decided = decideTask(standing, event, { now, rules: taskRules });
      if (!decided.ok) return false;
      const next = withGraceDeadline(decided.value.next, event);
      standing = next;
      const { set, rows: own } = await settlementOf(deps, facts, {
        ...decided.value,
        next,
        params,
      });
      const untold = steps.take();
      await writer.write({
        action: `provisioning.${event.kind}`,
        set: event.kind === 'in_use' ? { ...set, ownerRole: 'applicant' } : set,
        rows: {
          transfers: rows.transfers ?? [],
          inserts: [...untold.inserts, ...(own.inserts ?? []), ...(rows.inserts ?? [])],
          updates: [...(own.updates ?? []), ...(rows.updates ?? [])],
          allocation: { ...untold.allocation, ...rows.allocation },
        },
      });
      return true;
    },
  };
}

/**
 * Steps that are written as soon as they are done: the first proves whose task it is and keeps the UID, the others come
 * before a wait. What lies between follows within milliseconds and goes along.
 */
const milestones: readonly TaskStep[] = ['namespace', 'quota', 'suspend', 'delete'];

/** Days that policy grants are not days of delay: the deadline begins when they end. */
const withGraceDeadline = (next: TaskStanding, event: TaskEvent): TaskStanding =>
  event.kind === 'suspended'
    ? { ...next, deadlineAt: Math.max(next.deadlineAt, event.until + terms.personMs) }
    : next;

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
