import { describe, expect, test } from 'vitest';
import {
  applySteps,
  isFurther,
  nextStep,
  stepsOf,
  taskSteps,
  type TaskKind,
  type TaskStep,
} from './steps.ts';

const kinds: readonly TaskKind[] = ['open', 'change', 'release', 'restore'];

function walk(kind: TaskKind): TaskStep[] {
  const walked: TaskStep[] = [];
  for (let step = nextStep(kind, null); step !== null; step = nextStep(kind, step))
    walked.push(step);
  return walked;
}
const before = (kind: TaskKind, first: TaskStep, second: TaskStep) =>
  stepsOf[kind].indexOf(first) < stepsOf[kind].indexOf(second);

describe('the order of law P3', () => {
  test('a namespace is confined before it has a quota, and open before nobody', () => {
    expect(walk('open')).toEqual(['namespace', 'isolation', 'limits', 'quota', 'ready', 'access']);
  });

  test('access comes last, after the quota is in force', () => {
    expect(stepsOf.open.at(-1)).toBe('access');
    expect(before('open', 'ready', 'access')).toBe(true);
  });

  test('a change touches the quota and waits until it is in force', () => {
    expect(walk('change')).toEqual(['quota', 'ready']);
  });

  test('a removal is suspended first, then waits, and is over only when the namespace is gone', () => {
    expect(walk('release')).toEqual(['suspend', 'grace', 'delete', 'gone']);
  });

  test('a restored namespace is fenced first, and over only when its quota is in force again', () => {
    expect(walk('restore')).toEqual(['namespace', 'quota', 'ready']);
  });

  test.each(kinds)('%s names only steps that a timeline knows, each once', (kind) => {
    expect(new Set(stepsOf[kind]).size).toBe(stepsOf[kind].length);
    expect(stepsOf[kind].filter((step) => !taskSteps.includes(step))).toEqual([]);
  });

  test('every step belongs to some task', () => {
    const used = new Set(kinds.flatMap((kind) => stepsOf[kind]));
    expect(taskSteps.filter((step) => !used.has(step))).toEqual([]);
  });

  test('steps that write are written in the order of an opening', () => {
    const places = applySteps.map((step) => stepsOf.open.indexOf(step));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
  });
});

describe('nextStep', () => {
  test('a step of another kind of task begins at the beginning: nothing is skipped', () => {
    expect(nextStep('change', 'access')).toBe('quota');
  });

  test.each(kinds)('%s ends after its last step', (kind) => {
    expect(nextStep(kind, stepsOf[kind].at(-1) ?? null)).toBeNull();
  });
});

describe('isFurther', () => {
  test.each(kinds)('%s only ever moves forward', (kind) => {
    for (const [at, reached] of stepsOf[kind].entries())
      for (const [other, step] of stepsOf[kind].entries())
        expect(isFurther(kind, reached, step)).toBe(other > at);
  });

  test('everything is further than nothing', () => {
    expect(isFurther('open', null, 'namespace')).toBe(true);
  });
});
