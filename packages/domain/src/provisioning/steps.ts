import type { ApplyStep } from './cluster.ts';

export type TaskKind = 'open' | 'change' | 'release';
export type TaskState =
  | 'queued'
  | 'waiting_cluster'
  | 'running'
  | 'waiting_vacate'
  | 'grace'
  | 'done'
  | 'failed';

export type Step = ApplyStep | 'ready' | 'suspend' | 'grace' | 'delete' | 'gone';

/** The order of law P3; what the page shows as steps of how many. */
export const stepsOf: Readonly<Record<TaskKind, readonly Step[]>> = {
  open: ['namespace', 'isolation', 'limits', 'quota', 'ready', 'access'],
  change: ['quota', 'ready'],
  release: ['suspend', 'grace', 'delete', 'gone'],
};

/** States in which nothing more happens by itself. */
export const restingStates: readonly TaskState[] = ['done', 'failed'];

const moves: Readonly<Record<TaskState, readonly TaskState[]>> = {
  queued: ['waiting_cluster', 'running', 'failed'],
  waiting_cluster: ['running', 'failed'],
  running: ['waiting_cluster', 'waiting_vacate', 'grace', 'done', 'failed', 'running'],
  waiting_vacate: ['running', 'waiting_cluster', 'failed'],
  grace: ['running', 'waiting_cluster', 'failed'],
  done: [],
  failed: ['queued'],
};

export const mayMove = (from: TaskState, to: TaskState): boolean => moves[from].includes(to);
