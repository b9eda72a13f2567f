import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles, type RoleGrant } from '../identity/roles.ts';
import {
  departmentsLost,
  epochOf,
  isStaleAccount,
  mayHoldAccess,
  type AccessFence,
  type AccessHolder,
} from './access.ts';

const userId = 'usr_1';
const departments = ['dep_a', 'dep_b', 'dep_c'] as const;
const holder = (...grants: readonly RoleGrant[]): AccessHolder => ({
  userId,
  state: 'active',
  grants,
});
const grant = (role: RoleGrant['role'], departmentId: string | null): RoleGrant => ({
  role,
  departmentId,
});
const anyGrants = fc.array(
  fc.record({
    role: fc.constantFrom(...roles),
    departmentId: fc.constantFrom(...departments, null),
  }),
  { maxLength: 6 },
);
const anyFences = fc.array(
  fc.record({
    userId: fc.constantFrom(userId, 'usr_2'),
    departmentId: fc.constantFrom(...departments, null),
    epoch: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 6 },
);

describe('who may hold access', () => {
  const place = { departmentId: 'dep_a', inForce: true };

  test.each([
    ['the department’s applicant', holder(grant('applicant', 'dep_a')), true],
    ['its head', holder(grant('head', 'dep_a')), true],
    ['the applicant of another department', holder(grant('applicant', 'dep_b')), false],
    ['an operator, who reaches over the province', holder(grant('operator', null)), false],
    ['a department role without its department', holder(grant('applicant', null)), false],
    ['somebody without a role', holder(), false],
    ['nobody', null, false],
    [
      'somebody who is disabled',
      { ...holder(grant('head', 'dep_a')), state: 'disabled' as const },
      false,
    ],
  ])('%s', (_, who, may) => {
    expect(mayHoldAccess(who, place)).toBe(may);
  });

  test('nobody, where the namespace is not in force', () => {
    const who = holder(grant('head', 'dep_a'));
    expect(mayHoldAccess(who, { ...place, inForce: false })).toBe(false);
  });
});

describe('departments that are lost', () => {
  test('are those that one set of grants reaches and the other does not, each once', () => {
    fc.assert(
      fc.property(anyGrants, anyGrants, (before, after) => {
        const lost = departmentsLost(userId, before, after);
        expect(new Set(lost).size).toBe(lost.length);
        for (const departmentId of departments) {
          const place = { departmentId, inForce: true };
          const had = mayHoldAccess(holder(...before), place);
          const has = mayHoldAccess(holder(...after), place);
          expect(lost.includes(departmentId)).toBe(had && !has);
        }
      }),
    );
  });

  test('a role that takes the place of another loses nothing', () => {
    const before = [grant('applicant', 'dep_a')];
    expect(departmentsLost(userId, before, [grant('head', 'dep_a')])).toEqual([]);
  });
});

describe('an account', () => {
  const place = { departmentId: 'dep_a', inForce: true };
  const facts = (fences: readonly AccessFence[]) => ({
    holder: holder(grant('applicant', 'dep_a')),
    place,
    fences,
  });

  test('of before a revocation is stale for ever, one of after it is not', () => {
    fc.assert(
      fc.property(anyFences, fc.integer({ min: 0, max: 9 }), (fences, epoch) => {
        const concerns = fences.filter(
          (fence) =>
            fence.userId === userId &&
            (fence.departmentId === null || fence.departmentId === 'dep_a'),
        );
        const stale = isStaleAccount({ personId: userId, epoch }, facts(fences));
        expect(stale).toBe(concerns.some((fence) => fence.epoch > epoch));
        const now = epochOf(fences, { userId, departmentId: 'dep_a' });
        expect(isStaleAccount({ personId: userId, epoch: now }, facts(fences))).toBe(false);
      }),
    );
  });

  test('is stale without a right to it, whatever its epoch', () => {
    const none = { ...facts([]), holder: holder(grant('applicant', 'dep_b')) };
    expect(isStaleAccount({ personId: userId, epoch: 9 }, none)).toBe(true);
  });
});
