import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepsOf } from './steps.ts';
import {
  decideTask,
  isOverdue,
  isUnderWay,
  taskAdmits,
  taskRules,
  taskStates,
  type TaskEvent,
  type TaskEventKind,
  type TaskStanding,
} from './task.ts';

const now = 1_764_000_000_000;
const moment = { now, rules: taskRules };
const aTask = (overrides: Partial<TaskStanding> = {}): TaskStanding => ({
  kind: 'open',
  state: 'running',
  step: 'limits',
  attempts: 0,
  nextAt: now,
  deadlineAt: now + 86_400_000,
  ...overrides,
});
const events: Record<TaskEventKind, TaskEvent> = {
  reached: { kind: 'reached', step: 'quota' },
  cluster_away: { kind: 'cluster_away' },
  not_ready: { kind: 'not_ready' },
  refused: { kind: 'refused', code: 'provisioning.refused_by_cluster' },
  in_use: { kind: 'in_use' },
  suspended: { kind: 'suspended', until: now + 7 * 86_400_000 },
  finished: { kind: 'finished' },
  overdue: { kind: 'overdue' },
  blocked: { kind: 'blocked', code: 'provisioning.foreign_namespace' },
  retried: { kind: 'retried', deadlineAt: now + 3 * 86_400_000 },
  taken_back: { kind: 'taken_back', deadlineAt: now + 3 * 86_400_000 },
};
/** Only a release can be taken back. */
const taskFor = (kind: TaskEventKind, overrides: Partial<TaskStanding>): TaskStanding =>
  aTask(kind === 'taken_back' ? { kind: 'release', step: 'grace', ...overrides } : overrides);
const eventKinds = Object.keys(events) as TaskEventKind[]; // keys of a closed object

function decided(task: TaskStanding, event: TaskEvent) {
  const result = decideTask(task, event, moment);
  if (!result.ok) throw new Error(`refused: ${result.error.code}`);
  return result.value;
}

describe('the matrix of event and state', () => {
  test.each(eventKinds)('%s is admitted in exactly the states of the table', (kind) => {
    const admitted = taskStates.filter(
      (state) => decideTask(taskFor(kind, { state }), events[kind], moment).ok,
    );
    expect(admitted).toEqual(
      taskStates.filter((state) => taskAdmits[kind].some((one) => one === state)),
    );
  });

  test('a finished task admits nothing: a stale worker is harmless (law P5)', () => {
    expect(
      eventKinds.filter((kind) => decideTask(aTask({ state: 'done' }), events[kind], moment).ok),
    ).toEqual([]);
  });

  test('a failed task waits for a person and for nothing else: to retry it, or to take a release back', () => {
    expect(
      eventKinds.filter((kind) => decideTask(aTask({ state: 'failed' }), events[kind], moment).ok),
    ).toEqual(['retried']);
    const release = aTask({ kind: 'release', state: 'failed', step: 'grace' });
    expect(decideTask(release, events.taken_back, moment).ok).toBe(true);
  });
});

describe('a release that is taken back', () => {
  const released = (overrides: Partial<TaskStanding> = {}) =>
    aTask({ kind: 'release', state: 'grace', step: 'grace', attempts: 3, ...overrides });

  test('turns round: the same task begins anew, the other way', () => {
    expect(decided(released(), events.taken_back)).toEqual({
      next: {
        kind: 'restore',
        state: 'queued',
        step: null,
        attempts: 0,
        nextAt: now,
        deadlineAt: now + 3 * 86_400_000,
      },
      told: 'task_taken_back',
      errorCode: null,
    });
  });

  test.each([null, 'suspend', 'grace'] as const)('can be while it stands at %s', (step) => {
    expect(decideTask(released({ step }), events.taken_back, moment).ok).toBe(true);
  });

  test.each(['delete', 'gone'] as const)('cannot be once it stands at %s', (step) => {
    const task = released({ state: 'running', step });
    expect(decideTask(task, events.taken_back, moment)).toMatchObject({
      error: { code: 'provisioning.deletion_started' },
    });
  });

  test.each(['open', 'change', 'restore'] as const)('is not what a task of kind %s is', (kind) => {
    const task = released({ kind, step: null });
    expect(decideTask(task, events.taken_back, moment)).toMatchObject({
      error: { code: 'request.wrong_state' },
    });
  });

  test('and restored says so', () => {
    const back = decided(released(), events.taken_back).next;
    expect(decided(back, events.finished)).toMatchObject({
      next: { state: 'done', step: 'ready' },
      told: 'task_restored',
    });
  });
});

describe('a cluster that does not answer', () => {
  test('costs no attempt, however long it is away', () => {
    let task = aTask({ state: 'queued' });
    for (let hour = 0; hour < 1_000; hour++) task = decided(task, events.cluster_away).next;
    expect([task.state, task.attempts]).toEqual(['waiting_cluster', 0]);
  });

  test('is told once and not at every look', () => {
    const first = decided(aTask(), events.cluster_away);
    const second = decided(first.next, events.cluster_away);
    expect([first.told, second.told]).toEqual(['task_waiting_cluster', null]);
  });

  test('keeps the step that was reached, so that work goes on where it was', () => {
    expect(decided(aTask({ step: 'quota' }), events.cluster_away).next.step).toBe('quota');
  });

  test('goes on by itself when it is back', () => {
    const away = decided(aTask(), events.cluster_away).next;
    expect(decided(away, { kind: 'reached', step: 'quota' }).next.state).toBe('running');
  });
});

describe('an apiserver that refuses', () => {
  const refusedTimes = (count: number) => {
    let decision = decided(aTask(), events.refused);
    for (let index = 1; index < count; index++) decision = decided(decision.next, events.refused);
    return decision;
  };

  test('costs one attempt each time, and the last one waits for a person with the reason', () => {
    expect(refusedTimes(taskRules.attempts - 1).next.state).toBe('running');
    const last = refusedTimes(taskRules.attempts);
    expect([last.next.state, last.told, last.errorCode]).toEqual([
      'failed',
      'task_failed',
      'provisioning.refused_by_cluster',
    ]);
  });

  test('is asked again after a pause that doubles', () => {
    const pauses = [1, 2, 3, 4].map((count) => refusedTimes(count).next.nextAt - now);
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  test('is never asked more rarely than the longest pause', () => {
    const patient = { ...taskRules, attempts: 100 };
    let task = aTask();
    for (let index = 0; index < 60; index++) {
      const result = decideTask(task, events.refused, { now, rules: patient });
      task = result.ok ? result.value.next : task;
    }
    expect(task.nextAt - now).toBe(taskRules.retryMaxMs);
  });

  test('after a retry by a person has all attempts before it, and the step stays', () => {
    const failed = refusedTimes(taskRules.attempts).next;
    const retried = decided(failed, events.retried);
    expect(retried).toEqual({
      next: {
        ...failed,
        state: 'queued',
        attempts: 0,
        nextAt: now,
        deadlineAt: now + 3 * 86_400_000,
      },
      told: 'task_retried',
      errorCode: null,
    });
  });
});

describe('waiting on purpose', () => {
  test('a decrease below use waits for 腾退, told once (law L6)', () => {
    const change = aTask({ kind: 'change', state: 'queued', step: null });
    const first = decided(change, events.in_use);
    expect([first.next.state, first.told]).toEqual(['waiting_vacate', 'task_waiting_vacate']);
    expect(decided(first.next, events.in_use).told).toBeNull();
  });

  test('停用 waits exactly until the grace is over', () => {
    const release = aTask({ kind: 'release', state: 'queued', step: null });
    const suspended = decided(release, events.suspended);
    expect(suspended.next).toMatchObject({
      state: 'grace',
      step: 'grace',
      nextAt: now + 7 * 86_400_000,
    });
    expect(suspended.told).toBe('task_grace');
  });

  test('a namespace that is not gone yet stays in grace while it is asked for', () => {
    expect(
      decided(aTask({ kind: 'release', state: 'grace', step: 'delete' }), events.not_ready).next
        .state,
    ).toBe('grace');
  });
});

describe('the end', () => {
  test.each([
    ['open', 'task_ready', 'access'],
    ['change', 'task_ready', 'ready'],
    ['release', 'task_removed', 'gone'],
  ] as const)('%s tells %s at its last step', (kind, told, step) => {
    const decision = decided(aTask({ kind, step: null }), events.finished);
    expect([decision.told, decision.next.step, decision.next.state]).toEqual([told, step, 'done']);
  });

  test('what is late waits for a person with the reason (law P7)', () => {
    const decision = decided(aTask(), events.overdue);
    expect([decision.next.state, decision.errorCode]).toEqual(['failed', 'provisioning.deadline']);
  });

  test('a foreign namespace stops at once and costs no five attempts (law P4)', () => {
    const decision = decided(aTask(), events.blocked);
    expect([decision.next.state, decision.next.attempts]).toEqual(['failed', 0]);
  });
});

describe('isOverdue', () => {
  test.each([
    ['running before its deadline', aTask(), now, false],
    ['running at its deadline', aTask(), now + 86_400_000, true],
    [
      'waiting for a cluster beyond it',
      aTask({ state: 'waiting_cluster' }),
      now + 86_400_000,
      true,
    ],
    [
      'waiting for 腾退 beyond it: somebody owns that',
      aTask({ state: 'waiting_vacate' }),
      now + 86_400_000,
      true,
    ],
    ['in grace: the policy made it wait', aTask({ state: 'grace' }), now + 10 * 86_400_000, false],
    ['done', aTask({ state: 'done' }), now + 10 * 86_400_000, false],
    ['failed: a person has it already', aTask({ state: 'failed' }), now + 10 * 86_400_000, false],
  ] as const)('%s', (_name, task, at, want) => {
    expect(isOverdue(task, at)).toBe(want);
  });
});

describe('any life of a task', () => {
  const anyEvent: fc.Arbitrary<TaskEvent> = fc.oneof(
    fc.constantFrom(...Object.values(events)),
    fc.constantFrom(...stepsOf.open).map((step): TaskEvent => ({ kind: 'reached', step })),
  );

  test('the step that was reached never goes back, whoever reports in which order', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (drawn) => {
        let task = aTask({ state: 'queued', step: null });
        for (const event of drawn) {
          const result = decideTask(task, event, moment);
          if (!result.ok) continue;
          const was = task.step === null ? -1 : stepsOf.open.indexOf(task.step);
          task = result.value.next;
          if (task.step !== null && stepsOf.open.includes(task.step))
            expect(stepsOf.open.indexOf(task.step)).toBeGreaterThanOrEqual(was);
        }
      }),
    );
  });

  test('whatever happens it is under way with a time to look again, or it has ended', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (drawn) => {
        let task = aTask({ state: 'queued', step: null });
        for (const event of drawn) {
          const result = decideTask(task, event, moment);
          task = result.ok ? result.value.next : task;
        }
        expect(isUnderWay(task.state) || task.state === 'done' || task.state === 'failed').toBe(
          true,
        );
        expect(task.nextAt).toBeGreaterThanOrEqual(now);
        expect(task.deadlineAt).toBeGreaterThan(now);
      }),
    );
  });

  test('only refusals cost attempts', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (drawn) => {
        let task = aTask({ state: 'queued', step: null });
        for (const event of drawn) {
          const result = decideTask(task, event, moment);
          if (!result.ok) continue;
          const spent = result.value.next.attempts - task.attempts;
          if (event.kind !== 'refused' && event.kind !== 'retried') expect(spent).toBe(0);
          task = result.value.next;
        }
      }),
    );
  });
});
