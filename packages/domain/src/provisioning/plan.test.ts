import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamespaceTarget, NamespaceView, QuotaView } from './cluster.ts';
import { driftOf, orphansOf, type Projected } from './drift.ts';
import { foreignReason, planNamespace, vacating } from './plan.ts';
import { stepsOf } from './steps.ts';

const target: NamespaceTarget = {
  namespace: 'yh-rsj-jyfw-prod',
  allocationId: 'alc_1',
  tenantId: 'ten_rsj',
  systemId: 'sys_jyfw',
  pool: 'sheng-x86-general',
  hard: { cpu: 8_000, memory: 16_384 },
  generation: 3,
};
const aQuota = (overrides: Partial<QuotaView> = {}): QuotaView => ({
  hard: { cpu: 8_000, memory: 16_384 },
  statusHard: { cpu: 8_000, memory: 16_384 },
  used: { cpu: 2_000, memory: 4_096 },
  generation: 3,
  suspended: false,
  even: true,
  ...overrides,
});
const aView = (overrides: Partial<NamespaceView> = {}): NamespaceView => ({
  name: 'yh-rsj-jyfw-prod',
  uid: 'uid_1',
  phase: 'active',
  managed: true,
  allocationId: 'alc_1',
  pool: 'sheng-x86-general',
  generation: 3,
  podSecurity: true,
  isolated: true,
  limited: true,
  quota: aQuota(),
  defaultAccount: true,
  createdAt: 0,
  blockedBy: null,
  ...overrides,
});
const known = { uid: 'uid_1' };
const unknown = { uid: null };

const stepsFor = (
  view: NamespaceView | null,
  expected: { readonly uid: string | null } = known,
) => {
  const plan = planNamespace(target, view, expected);
  return plan.ok ? plan.value.steps.map(({ step }) => step) : plan.error.code;
};

describe('planNamespace', () => {
  test('writes everything in the order of law P3 where nothing is', () => {
    const plan = planNamespace(target, null, unknown);
    expect(plan.ok && plan.value).toEqual({
      steps: ['namespace', 'isolation', 'limits', 'quota', 'access'].map((step) => ({
        step,
        reason: 'missing',
      })),
      ready: false,
      waitsForVacate: false,
      seen: null,
    });
  });

  test('writes nothing where everything is as it should be', () => {
    const plan = planNamespace(target, aView(), known);
    expect(plan.ok && plan.value).toEqual({
      steps: [],
      ready: true,
      waitsForVacate: false,
      seen: { uid: 'uid_1' },
    });
  });

  test.each([
    ['Pod Security labels taken away', { podSecurity: false }, ['namespace']],
    ['the pool label changed', { pool: 'sheng-arm-general' }, ['namespace']],
    ['an older generation', { generation: 2 }, ['namespace']],
    ['no network policy', { isolated: false }, ['isolation']],
    ['no limit range', { limited: false }, ['limits']],
    ['no quota', { quota: null }, ['quota']],
    [
      'a quota of another amount',
      { quota: aQuota({ hard: { cpu: 9_000, memory: 16_384 } }) },
      ['quota'],
    ],
    ['a quota of an older generation', { quota: aQuota({ generation: 2 }) }, ['quota']],
    ['a suspended quota', { quota: aQuota({ suspended: true }) }, ['quota']],
    ['requests and limits that differ', { quota: aQuota({ even: false }) }, ['quota']],
    [
      'a worker that died after the namespace',
      { isolated: false, limited: false, quota: null },
      ['isolation', 'limits', 'quota'],
    ],
  ] as const)('%s', (_name, overrides, want) => {
    expect(stepsFor(aView(overrides))).toEqual(want);
  });

  test.each([
    ['the controller has not filled the quota yet', { quota: aQuota({ statusHard: null }) }],
    [
      'the quota in force is still the old one',
      { quota: aQuota({ statusHard: { cpu: 4_000, memory: 16_384 } }) },
    ],
    ['the default ServiceAccount is not there', { defaultAccount: false }],
  ] as const)('is not ready while %s', (_name, overrides) => {
    const plan = planNamespace(target, aView(overrides), known);
    expect(plan.ok && [plan.value.steps, plan.value.ready]).toEqual([[], false]);
  });

  test('a resource that no quota can hold is no reason to write again', () => {
    const withDatabase = { ...target, hard: { ...target.hard, database: 2 } };
    const plan = planNamespace(withDatabase, aView(), known);
    expect(plan.ok && plan.value.steps).toEqual([]);
  });
});

describe('what is not touched (laws P4 and P5)', () => {
  test.each([
    [
      'a namespace that somebody else made',
      aView({ managed: false }),
      unknown,
      'provisioning.foreign_namespace',
    ],
    [
      'one of another allocation',
      aView({ allocationId: 'alc_2' }),
      unknown,
      'provisioning.foreign_namespace',
    ],
    [
      'one of the same name but another UID, labels or not',
      aView({ uid: 'uid_2' }),
      known,
      'provisioning.foreign_namespace',
    ],
    [
      'one that is on its way out',
      aView({ phase: 'terminating' }),
      known,
      'provisioning.not_ready',
    ],
    ['one that vanished', null, known, 'provisioning.not_ready'],
    ['one that a newer task has written', aView({ generation: 4 }), known, 'cluster.conflict'],
  ] as const)('%s', (_name, view, expected, code) => {
    expect(stepsFor(view, expected)).toBe(code);
  });

  test('says why', () => {
    const plan = planNamespace(target, aView({ managed: false }), unknown);
    expect(!plan.ok && plan.error.params).toEqual({
      namespace: 'yh-rsj-jyfw-prod',
      reason: 'unmanaged',
    });
  });

  test('our own namespace that was never recorded, because the worker died, is recognised by its label', () => {
    expect(foreignReason(target, aView(), unknown)).toBeNull();
    expect(stepsFor(aView({ quota: null }), unknown)).toEqual(['quota']);
  });
});

describe('a decrease (law L6)', () => {
  const grown = (used: QuotaView['used']) =>
    aView({
      quota: aQuota({
        hard: { cpu: 16_000, memory: 16_384 },
        statusHard: { cpu: 16_000, memory: 16_384 },
        used,
      }),
    });

  test.each([
    ['goes through when use allows it', { cpu: 8_000 }, false],
    ['waits while one millicore too many is in use', { cpu: 8_001 }, true],
    ['does not wait for a resource that stays as it is', { cpu: 8_000, memory: 99_999 }, false],
  ])('%s', (_name, used, want) => {
    const plan = planNamespace(target, grown(used), known);
    expect(plan.ok && plan.value.waitsForVacate).toBe(want);
  });

  test('writes the rest and leaves the quota as it is while it waits', () => {
    const view = { ...grown({ cpu: 12_000 }), isolated: false };
    const plan = planNamespace(target, view, known);
    expect(plan.ok && [plan.value.steps, plan.value.ready]).toEqual([
      [{ step: 'isolation', reason: 'missing' }],
      false,
    ]);
  });

  test('names the resources that wait', () => {
    expect(vacating(target, grown({ cpu: 12_000 }))).toEqual(['cpu']);
  });

  test('an increase never waits, whatever is in use', () => {
    const small = aView({ quota: aQuota({ hard: { cpu: 1_000 }, used: { cpu: 99_000 } }) });
    expect(vacating(target, small)).toEqual([]);
  });
});

describe('any view', () => {
  const quota: fc.Arbitrary<QuotaView | null> = fc.option(
    fc.record({
      hard: fc.record({ cpu: fc.constantFrom(4_000, 8_000, 16_000), memory: fc.constant(16_384) }),
      statusHard: fc.option(
        fc.record({ cpu: fc.constantFrom(4_000, 8_000), memory: fc.constant(16_384) }),
      ),
      used: fc.record({ cpu: fc.nat(20_000) }),
      generation: fc.integer({ min: 1, max: 4 }),
      suspended: fc.boolean(),
      even: fc.boolean(),
    }),
  );
  const view: fc.Arbitrary<NamespaceView> = fc
    .record({
      uid: fc.constantFrom('uid_1', 'uid_2'),
      phase: fc.constantFrom('active', 'terminating'),
      managed: fc.boolean(),
      allocationId: fc.constantFrom('alc_1', 'alc_2', null),
      pool: fc.constantFrom('sheng-x86-general', null),
      generation: fc.integer({ min: 0, max: 4 }),
      podSecurity: fc.boolean(),
      isolated: fc.boolean(),
      limited: fc.boolean(),
      quota,
      defaultAccount: fc.boolean(),
    })
    .map((drawn) => aView(drawn));

  test('steps come in the order of law P3', () => {
    fc.assert(
      fc.property(view, (seen) => {
        const plan = planNamespace(target, seen, known);
        if (!plan.ok) return;
        const places = plan.value.steps.map(({ step }) => stepsOf.open.indexOf(step));
        expect(places).toEqual(places.toSorted((left, right) => left - right));
      }),
    );
  });

  test('nothing is ever planned for a namespace that is not ours', () => {
    fc.assert(
      fc.property(view, fc.constantFrom(known, unknown), (seen, expected) => {
        const isOurs =
          seen.managed && seen.allocationId === 'alc_1' && [null, seen.uid].includes(expected.uid);
        if (!isOurs) expect(planNamespace(target, seen, expected).ok).toBe(false);
      }),
    );
  });

  test('writing what was planned leaves nothing to plan', () => {
    fc.assert(
      fc.property(view, (seen) => {
        const plan = planNamespace(target, seen, known);
        if (!plan.ok || plan.value.waitsForVacate) return;
        const written = plan.value.steps.map(({ step }) => step);
        const applied: NamespaceView = {
          ...seen,
          ...(written.includes('namespace')
            ? { podSecurity: true, pool: target.pool, generation: target.generation }
            : {}),
          ...(written.includes('isolation') ? { isolated: true } : {}),
          ...(written.includes('limits') ? { limited: true } : {}),
          ...(written.includes('quota') ? { quota: aQuota() } : {}),
        };
        expect(stepsFor(applied)).toEqual([]);
      }),
    );
  });
});

describe('driftOf', () => {
  const projected = (overrides: Partial<Projected> = {}): Projected => ({
    target,
    uid: 'uid_1',
    task: null,
    ...overrides,
  });
  const kinds = (view: NamespaceView | null, overrides: Partial<Projected> = {}) =>
    driftOf(projected(overrides), view).map(({ kind, remedy }) => [kind, remedy]);

  test.each([
    ['nothing', aView(), []],
    ['a vanished namespace', null, [['namespace_missing', 'person']]],
    ['a replaced namespace', aView({ uid: 'uid_2' }), [['namespace_foreign', 'person']]],
    ['a changed pool label', aView({ pool: 'elsewhere' }), [['labels_changed', 'repair']]],
    ['relaxed Pod Security', aView({ podSecurity: false }), [['labels_changed', 'repair']]],
    ['no network policy', aView({ isolated: false }), [['isolation_missing', 'repair']]],
    ['no quota', aView({ quota: null }), [['quota_missing', 'repair']]],
    [
      'a raised quota (law P2)',
      aView({ quota: aQuota({ hard: { cpu: 99_000 } }) }),
      [['quota_changed', 'repair']],
    ],
    [
      'several at once',
      aView({ isolated: false, limited: false, quota: null }),
      [
        ['isolation_missing', 'repair'],
        ['limits_missing', 'repair'],
        ['quota_missing', 'repair'],
      ],
    ],
  ])('finds %s', (_name, view, want) => {
    expect(kinds(view)).toEqual(want);
  });

  test('what a task is changing right now is not drift', () => {
    expect(kinds(null, { task: 'running' })).toEqual([]);
    expect(kinds(aView({ quota: null }), { task: 'waiting_cluster' })).toEqual([]);
  });

  test('a failed task does not hide drift', () => {
    expect(kinds(aView({ quota: null }), { task: 'failed' })).toEqual([
      ['quota_missing', 'repair'],
    ]);
  });

  test('whatever could destroy something is left to a person (law P4)', () => {
    const destructive = [
      driftOf(projected(), null),
      driftOf(projected(), aView({ managed: false })),
    ].flat();
    expect(destructive.map((drift) => drift.remedy)).toEqual(['person', 'person']);
  });
});

describe('orphansOf', () => {
  test('finds managed namespaces that no open allocation owns (law P1)', () => {
    const views = [
      aView(),
      aView({ name: 'yh-old', allocationId: 'alc_9' }),
      aView({ name: 'yh-bare', allocationId: null }),
    ];
    expect(
      orphansOf(views, new Set(['alc_1'])).map((drift) => [drift.namespace, drift.remedy]),
    ).toEqual([
      ['yh-old', 'person'],
      ['yh-bare', 'person'],
    ]);
  });
});
