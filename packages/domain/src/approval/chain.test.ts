import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor, RoleGrant } from '../identity/roles.ts';
import {
  decide,
  decisions,
  holdsStep,
  obstacleToDeciding,
  openChain,
  type ChainStep,
  type DecisionFacts,
  type DecisionKind,
} from './chain.ts';
import type { ApprovalPolicy } from './policy.ts';
import type { WorkingCalendar } from './working-days.ts';

const policy: ApprovalPolicy = {
  steps: [
    { code: 'head', roles: ['head'], workingDays: 1 },
    { code: 'operator', roles: ['operator', 'operator_approver'], workingDays: 2 },
  ],
  holdWorkingDays: 10,
  openHoldPermille: 500,
  graceDays: 7,
  provisioningDays: 3,
};
const calendar: WorkingCalendar = { holidays: [], makeUpDays: [], endsOn: '2026-12-31' };

const anActor = (userId: string, ...grants: readonly RoleGrant[]): Actor => ({
  userId,
  displayName: userId,
  tenantIds: [],
  grants,
  via: 'session',
  scopes: null,
});
const head = anActor('usr_head', { role: 'head', departmentId: 'dep_rsj' });
const operator = anActor('usr_operator', { role: 'operator', departmentId: null });

const aStep = (overrides: Partial<ChainStep> = {}): ChainStep => ({
  id: 'stp_1',
  seq: 1,
  code: 'head',
  roles: ['head'],
  state: 'current',
  decidedBy: null,
  digest: 'digest_a',
  ...overrides,
});
const operatorStep = (overrides: Partial<ChainStep> = {}) =>
  aStep({
    id: 'stp_2',
    seq: 2,
    code: 'operator',
    roles: ['operator', 'operator_approver'],
    state: 'waiting',
    ...overrides,
  });
const atFirst = [aStep(), operatorStep()];
const atSecond = [
  aStep({ state: 'approved', decidedBy: 'usr_head' }),
  operatorStep({ state: 'current' }),
];

const someFacts = (overrides: Partial<DecisionFacts> = {}): DecisionFacts => ({
  actor: head,
  applicantId: 'usr_applicant',
  departmentId: 'dep_rsj',
  steps: atFirst,
  shownDigest: 'digest_a',
  contentDigest: 'digest_a',
  ...overrides,
});
const by = (actor: Actor, steps = atFirst) => someFacts({ actor, steps });
const outcomeOf = (facts: DecisionFacts, kind: DecisionKind = 'approve', opinion = '同意') => {
  const result = decide(facts, { kind, opinion });
  return result.ok ? result.value.outcome : result.error.code;
};

describe('decide', () => {
  test.each([
    ['the head approves: on to the next step', by(head), 'approve', 'in_review'],
    ['the operator approves: the chain is complete', by(operator, atSecond), 'approve', 'approved'],
    ['the head returns', by(head), 'return', 'returned'],
    ['the operator rejects', by(operator, atSecond), 'reject', 'rejected'],
  ] as const)('%s', (_name, facts, kind, want) => {
    expect(outcomeOf(facts, kind)).toBe(want);
  });

  test('names the step that was decided and the one that comes next', () => {
    const result = decide(by(head), { kind: 'approve', opinion: '' });
    expect(
      result.ok && [result.value.step.id, result.value.stepState, result.value.next?.id],
    ).toEqual(['stp_1', 'approved', 'stp_2']);
  });

  test('a return ends the chain of this revision: there is no next step', () => {
    const result = decide(by(head), { kind: 'return', opinion: '请补充说明' });
    expect(result.ok && result.value.next).toBeNull();
  });

  test('a step that does not apply is passed over', () => {
    const steps = [
      aStep(),
      operatorStep({ state: 'skipped' }),
      operatorStep({ id: 'stp_3', seq: 3 }),
    ];
    const result = decide(by(head, steps), { kind: 'approve', opinion: '' });
    expect(result.ok && result.value.next?.id).toBe('stp_3');
  });
});

describe('who may not decide (law A2)', () => {
  const headOf = (departmentId: string | null) => anActor('usr_x', { role: 'head', departmentId });

  test.each([
    [
      'the applicant',
      by(anActor('usr_applicant', { role: 'head', departmentId: 'dep_rsj' })),
      'approval.own_request',
    ],
    [
      'a colleague who wrote a revision',
      someFacts({ authorIds: ['usr_second', 'usr_head'] }),
      'approval.own_request',
    ],
    [
      'whoever decided an earlier step',
      by(anActor('usr_head', { role: 'operator', departmentId: null }), atSecond),
      'approval.twice',
    ],
    ['an operator at the head’s step', by(operator), 'approval.not_your_step'],
    [
      'the head at the operator’s step',
      by(anActor('usr_y', { role: 'head', departmentId: 'dep_rsj' }), atSecond),
      'approval.not_your_step',
    ],
    ['the head of another department', by(headOf('dep_wjw')), 'approval.not_your_step'],
    ['a head of no department', by(headOf(null)), 'approval.not_your_step'],
    ['somebody whose role was taken away', by(anActor('usr_head')), 'approval.not_your_step'],
    [
      'an auditor',
      by(anActor('usr_z', { role: 'auditor', departmentId: null })),
      'approval.not_your_step',
    ],
  ] as const)('%s', (_name, facts, code) => {
    for (const kind of decisions) expect(outcomeOf(facts, kind)).toBe(code);
  });

  test('the page is told the same that the server would answer', () => {
    const cases = [
      by(head),
      by(operator),
      by(operator, atSecond),
      someFacts({ authorIds: ['usr_head'] }),
    ];
    for (const facts of cases) {
      const result = decide(facts, { kind: 'approve', opinion: '' });
      expect(obstacleToDeciding(facts)).toBe(result.ok ? null : result.error.code);
    }
  });

  test('a chain without a current step is nobody’s to decide', () => {
    const over = [aStep({ state: 'returned' }), operatorStep()];
    expect(obstacleToDeciding(by(head, over))).toBe('approval.not_your_step');
  });

  test('says whose step it is', () => {
    const result = decide(by(operator), { kind: 'approve', opinion: '' });
    expect(!result.ok && result.error.params).toEqual({ step: 'head', roles: 'head' });
  });
});

describe('what may not be decided', () => {
  test.each([
    [
      'a chain that has ended',
      { steps: [aStep({ state: 'approved' }), operatorStep({ state: 'approved' })] },
      'approval.already_decided',
    ],
    [
      'a chain that was returned',
      { steps: [aStep({ state: 'returned' }), operatorStep()] },
      'approval.already_decided',
    ],
    [
      'content that changed while it was on the screen',
      { shownDigest: 'digest_old' },
      'approval.content_changed',
    ],
    [
      'content other than what the chain was opened for (law A1)',
      { shownDigest: 'digest_b', contentDigest: 'digest_b' },
      'approval.content_changed',
    ],
  ] as const)('%s', (_name, overrides, code) => {
    expect(outcomeOf(someFacts(overrides))).toBe(code);
  });

  test.each(['return', 'reject'] as const)('a %s without an opinion', (kind) => {
    for (const opinion of ['', '  ', '\n'])
      expect(outcomeOf(by(head), kind, opinion)).toBe('approval.opinion_required');
  });

  test('an approval needs no opinion', () => {
    expect(outcomeOf(by(head), 'approve', '')).toBe('in_review');
  });
});

describe('holdsStep', () => {
  test('any one of the step’s roles is enough', () => {
    const approver = anActor('usr_a', { role: 'operator_approver', departmentId: null });
    expect(holdsStep(approver, ['operator', 'operator_approver'], 'dep_rsj')).toBe(true);
  });

  test('a grant in another department does not count, one in this does, both together do', () => {
    const here: RoleGrant = { role: 'head', departmentId: 'dep_rsj' };
    const there: RoleGrant = { role: 'head', departmentId: 'dep_wjw' };
    expect(holdsStep(anActor('usr_a', there), ['head'], 'dep_rsj')).toBe(false);
    expect(holdsStep(anActor('usr_a', there, here), ['head'], 'dep_rsj')).toBe(true);
  });
});

describe('openChain', () => {
  const noon = Date.parse('2026-11-24T12:00:00+08:00');
  const opened = openChain(policy, noon, calendar);

  test('has the steps of the policy in their order', () => {
    expect(opened.map((step) => [step.seq, step.code, step.roles])).toEqual([
      [1, 'head', ['head']],
      [2, 'operator', ['operator', 'operator_approver']],
    ]);
  });

  test('only the first step runs, with a deadline (law P7); the others wait for theirs', () => {
    expect(opened.map((step) => [step.state, step.startedAt, step.dueAt])).toEqual([
      ['current', noon, Date.parse('2026-11-26T00:00:00+08:00')],
      ['waiting', null, null],
    ]);
  });
});

describe('any chain', () => {
  const people = ['usr_a', 'usr_b', 'usr_c'];
  const turn = fc.record({
    who: fc.constantFrom(...people),
    role: fc.constantFrom('head', 'operator', 'auditor'),
    kind: fc.constantFrom(...decisions),
    digest: fc.constantFrom('digest_a', 'digest_a', 'digest_b'),
  });
  const asSteps = (count: number): ChainStep[] =>
    Array.from({ length: count }, (_, index) =>
      aStep({
        id: `stp_${index}`,
        seq: index + 1,
        roles: index % 2 === 0 ? ['head'] : ['operator'],
        state: index === 0 ? 'current' : 'waiting',
      }),
    );

  test('approved means: every step approved, by different people, none of them an author (laws A1, A2)', () => {
    const count = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(count, fc.array(turn, { maxLength: 12 }), (length, turns) => {
        let steps = asSteps(length);
        let outcome: string = 'in_review';
        for (const { who, role, kind, digest } of turns) {
          const grant: RoleGrant = { role, departmentId: role === 'head' ? 'dep_rsj' : null };
          const result = decide(
            someFacts({
              actor: anActor(who, grant),
              applicantId: 'usr_c',
              steps,
              shownDigest: digest,
            }),
            { kind, opinion: '意见' },
          );
          if (!result.ok) continue;
          expect(outcome).toBe('in_review'); // law A3: nothing is decided after the end
          const { step, stepState, next } = result.value;
          outcome = result.value.outcome;
          steps = steps.map((one) => {
            if (one.id === step.id) return { ...one, state: stepState, decidedBy: who };
            return one.id === next?.id ? { ...one, state: 'current' } : one;
          });
        }
        if (outcome !== 'approved') return;
        const deciders = steps.map((step) => step.decidedBy);
        expect(steps.map((step) => step.state)).toEqual(steps.map(() => 'approved'));
        expect(new Set(deciders).size).toBe(deciders.length);
        expect(deciders).not.toContain('usr_c');
      }),
    );
  });

  test('at most one step is current at any time', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 8 }), (turns) => {
        let steps = asSteps(3);
        for (const { who, role, kind } of turns) {
          const grant: RoleGrant = { role, departmentId: role === 'head' ? 'dep_rsj' : null };
          const result = decide(someFacts({ actor: anActor(who, grant), steps }), {
            kind,
            opinion: '意见',
          });
          if (!result.ok) continue;
          const { step, stepState, next } = result.value;
          steps = steps.map((one) => {
            if (one.id === step.id) return { ...one, state: stepState, decidedBy: who };
            return one.id === next?.id ? { ...one, state: 'current' } : one;
          });
          expect(steps.filter((one) => one.state === 'current').length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
