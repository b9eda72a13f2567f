import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError, type ErrorCode } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { isFurther, stepsOf, type TaskKind, type TaskStep } from './steps.ts';

export const taskStates = [
  'queued',
  'waiting_cluster', // the cluster does not answer: costs no attempt
  'running',
  'waiting_vacate', // a decrease waits until use allows it (law L6)
  'grace', // 停用, reversible until the grace days are over
  'done',
  'failed', // waits for a person
] as const;
export type TaskState = (typeof taskStates)[number];

/** The part of a task row that the machine moves. */
export interface TaskStanding {
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly step: TaskStep | null;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly deadlineAt: Instant;
}

/** What happened, as the worker tells it. */
export type TaskEvent =
  | { readonly kind: 'reached'; readonly step: TaskStep }
  | { readonly kind: 'cluster_away' }
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'in_use' }
  | { readonly kind: 'suspended'; readonly until: Instant }
  | { readonly kind: 'finished' }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'blocked'; readonly code: ErrorCode }
  | { readonly kind: 'retried'; readonly deadlineAt: Instant }
  | { readonly kind: 'taken_back'; readonly deadlineAt: Instant };

export type TaskEventKind = TaskEvent['kind'];

const underWay = ['queued', 'waiting_cluster', 'running', 'waiting_vacate', 'grace'] as const;

/** Which event a state admits (capability table). A finished task admits nothing: a stale worker is harmless (law P5). */
export const taskAdmits = {
  reached: underWay,
  cluster_away: underWay,
  not_ready: ['queued', 'waiting_cluster', 'running', 'grace'],
  refused: underWay,
  in_use: ['queued', 'waiting_cluster', 'running', 'waiting_vacate'],
  suspended: ['queued', 'waiting_cluster', 'running', 'grace'],
  finished: underWay,
  overdue: underWay,
  blocked: underWay,
  retried: ['failed'],
  taken_back: ['queued', 'waiting_cluster', 'running', 'grace', 'failed'],
} as const satisfies Record<TaskEventKind, readonly TaskState[]>;

export const isUnderWay = (state: TaskState): boolean =>
  underWay.some((candidate) => candidate === state);

export interface TaskRules {
  /** Refusals by the apiserver that a task may meet before it waits for a person. */
  readonly attempts: number;
  readonly pollMs: number;
  readonly retryMs: number;
  readonly retryMaxMs: number;
  readonly vacatePollMs: number;
}

/** As shipped. */
export const taskRules: TaskRules = {
  attempts: 5,
  pollMs: 1_000,
  retryMs: 2_000,
  retryMaxMs: 5 * 60_000,
  vacatePollMs: 30_000,
};

export interface TaskDecision {
  readonly next: TaskStanding;
  /** Kind of the event for the request's timeline; null when nothing new is to be told. */
  readonly told: string | null;
  readonly errorCode: ErrorCode | null;
}

/** Which of the five events of a task a person is told about, once for each time that the state is entered. */
const toldOf = {
  waiting_cluster: 'task_waiting_cluster',
  waiting_vacate: 'task_waiting_vacate',
  grace: 'task_grace',
  failed: 'task_failed',
} as const satisfies Partial<Record<TaskState, string>>;

interface Moment {
  readonly now: Instant;
  readonly rules: TaskRules;
}

/** Moves a task by what happened. Pure: the worker writes `next` guarded by the version that it read. */
export function decideTask(
  task: TaskStanding,
  event: TaskEvent,
  { now, rules }: Moment,
): Result<TaskDecision, DomainError> {
  const admitted: readonly TaskState[] = taskAdmits[event.kind];
  if (!admitted.includes(task.state))
    return err(domainError('request.wrong_state', { state: task.state, event: event.kind }));
  switch (event.kind) {
    case 'reached':
      return ok(reached(task, event.step, now));
    case 'cluster_away':
      return ok(moved(task, { state: 'waiting_cluster', nextAt: now + rules.retryMs }));
    case 'not_ready':
      return ok(
        moved(task, {
          state: task.state === 'grace' ? 'grace' : 'running',
          nextAt: now + rules.pollMs,
        }),
      );
    case 'refused':
      return ok(refused(task, event.code, { now, rules }));
    case 'in_use':
      return ok(moved(task, { state: 'waiting_vacate', nextAt: now + rules.vacatePollMs }));
    case 'suspended':
      return ok(moved(task, { state: 'grace', step: 'grace', nextAt: event.until }));
    case 'finished':
      return ok(finished(task, now));
    case 'overdue':
      return ok(failed(task, 'provisioning.deadline'));
    case 'blocked':
      return ok(failed(task, event.code));
    case 'retried':
      return ok({
        next: { ...task, state: 'queued', attempts: 0, nextAt: now, deadlineAt: event.deadlineAt },
        told: 'task_retried',
        errorCode: null,
      });
    case 'taken_back':
      return takenBack(task, event.deadlineAt, now);
  }
}

function reached(task: TaskStanding, step: TaskStep, now: Instant): TaskDecision {
  const further = isFurther(task.kind, task.step, step);
  const state = step === 'grace' ? 'grace' : 'running';
  return {
    next: { ...task, state, step: further ? step : task.step, nextAt: now },
    told: further ? 'task_step' : null,
    errorCode: null,
  };
}

function finished(task: TaskStanding, now: Instant): TaskDecision {
  const last = stepsOf[task.kind].at(-1) ?? task.step;
  return {
    next: { ...task, state: 'done', step: last, nextAt: now },
    told: toldAtEnd[task.kind],
    errorCode: null,
  };
}

const toldAtEnd: Readonly<Record<TaskKind, string>> = {
  open: 'task_ready',
  change: 'task_ready',
  release: 'task_removed',
  restore: 'task_restored',
};

/** 停用 is reversible as long as no deletion has begun. */
function takenBack(
  task: TaskStanding,
  deadlineAt: Instant,
  now: Instant,
): Result<TaskDecision, DomainError> {
  const obstacle = obstacleToTakingBack(task);
  if (obstacle !== null) return err(domainError(obstacle, { state: task.state }));
  return ok({
    next: {
      kind: 'restore',
      state: 'queued',
      step: null,
      attempts: 0,
      nextAt: now,
      deadlineAt,
    },
    told: 'task_taken_back',
    errorCode: null,
  });
}

/** Why a task cannot be taken back; null when it can. The page and the act ask the same. */
export function obstacleToTakingBack({
  kind,
  state,
  step,
}: Pick<TaskStanding, 'kind' | 'state' | 'step'>): ErrorCode | null {
  if (kind !== 'release' || state === 'done') return 'request.wrong_state';
  return step !== null && isFurther('release', 'grace', step)
    ? 'provisioning.deletion_started'
    : null;
}

/** Only what the apiserver refuses costs an attempt; the pause doubles up to its limit. */
function refused(task: TaskStanding, code: ErrorCode, { now, rules }: Moment): TaskDecision {
  const attempts = task.attempts + 1;
  if (attempts >= rules.attempts) return failed({ ...task, attempts }, code);
  const pause = Math.min(rules.retryMs * 2 ** (attempts - 1), rules.retryMaxMs);
  return {
    next: { ...task, state: 'running', attempts, nextAt: now + pause },
    told: null,
    errorCode: code,
  };
}

const failed = (task: TaskStanding, code: ErrorCode): TaskDecision => ({
  next: { ...task, state: 'failed' },
  told: 'task_failed',
  errorCode: code,
});

function moved(
  task: TaskStanding,
  change: Partial<TaskStanding> & { readonly state: TaskState },
): TaskDecision {
  const words: Readonly<Partial<Record<TaskState, string>>> = toldOf;
  const entered = change.state !== task.state;
  return {
    next: { ...task, ...change },
    told: entered ? (words[change.state] ?? null) : null,
    errorCode: change.state === 'waiting_cluster' ? 'cluster.unavailable' : null,
  };
}

/** Nothing without deadline (law P7). Waiting for people or for a grace period is not being late. */
export const isOverdue = (task: TaskStanding, now: Instant): boolean =>
  isUnderWay(task.state) && task.state !== 'grace' && now >= task.deadlineAt;
