import type { ApplyStep } from './cluster.ts';

/** A release that is taken back turns into a restore: the same task, the other way (law A5). */
export type TaskKind = 'open' | 'change' | 'release' | 'restore';

/** Everything that a timeline can show; `access` is the last of an opening, `gone` of a release. */
export const taskSteps = [
  'namespace',
  'isolation',
  'limits',
  'quota',
  'ready',
  'access',
  'suspend',
  'grace',
  'delete',
  'gone',
] as const;
export type TaskStep = (typeof taskSteps)[number];

/** The order of law P3: nothing runs before it is confined, nobody has access before the quota is in force. */
export const stepsOf: Readonly<Record<TaskKind, readonly TaskStep[]>> = {
  open: ['namespace', 'isolation', 'limits', 'quota', 'ready', 'access'],
  change: ['quota', 'ready'],
  release: ['suspend', 'grace', 'delete', 'gone'],
  // The namespace first: its generation fences whoever still thinks that it goes.
  restore: ['namespace', 'quota', 'ready'],
};

/** Steps that write to the cluster by server-side apply. */
export const applySteps = [
  'namespace',
  'isolation',
  'limits',
  'quota',
  'access',
] as const satisfies readonly ApplyStep[];

/** The step after the given one; null after the last. A null step means that nothing was done yet. */
export function nextStep(kind: TaskKind, step: TaskStep | null): TaskStep | null {
  const steps = stepsOf[kind];
  if (step === null) return steps[0] ?? null;
  const index = steps.indexOf(step);
  return index < 0 ? (steps[0] ?? null) : (steps[index + 1] ?? null);
}

/** True when `step` comes after `reached` in the task's order: the timeline only ever moves forward. */
export const isFurther = (kind: TaskKind, reached: TaskStep | null, step: TaskStep): boolean =>
  reached === null || stepsOf[kind].indexOf(step) > stepsOf[kind].indexOf(reached);
