import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { administrators, conflictingRoles, exclusions } from './exclusions.ts';
import { isDepartmentRole, roles, type Role, type RoleGrant } from './roles.ts';

const grant = (role: Role, departmentId = 'dep_a'): RoleGrant => ({
  role,
  departmentId: isDepartmentRole(role) ? departmentId : null,
});
const conflicts = (...held: readonly Role[]) =>
  conflictingRoles(held.map((role) => grant(role))).map(({ left, right }) => [left, right]);

const aGrant: fc.Arbitrary<RoleGrant> = fc
  .tuple(fc.constantFrom(...roles), fc.constantFrom('dep_a', 'dep_b'))
  .map(([role, departmentId]) => grant(role, departmentId));

describe('conflictingRoles', () => {
  test.each(roles)('%s alone conflicts with nothing', (role) => {
    expect(conflicts(role)).toEqual([]);
  });

  test.each([
    ['system_admin', 'security_admin'],
    ['system_admin', 'audit_admin'],
    ['security_admin', 'audit_admin'],
  ] as const)('%s and %s exclude each other (law S5)', (one, other) => {
    expect(conflicts(one, other)).toEqual([[one, other]]);
  });

  const others = (role: Role) => roles.filter((candidate) => candidate !== role);

  test.each(['system_admin', 'security_admin', 'audit_admin', 'auditor'] as const)(
    '%s holds nothing beside it',
    (role) => {
      const joined = others(role).filter((other) => conflicts(role, other).length === 0);
      expect(joined).toEqual([]);
    },
  );

  test.each([
    ['operator', 'applicant'],
    ['operator', 'head'],
    ['operator_approver', 'applicant'],
    ['operator_approver', 'head'],
    ['operator', 'operator_approver'],
  ] as const)('%s may not be %s: who reviews is not who asks', (one, other) => {
    expect(conflicts(one, other)).toHaveLength(1);
  });

  test.each([
    ['finance', 'authority'],
    ['head', 'finance'],
    ['head', 'authority'],
    ['operator', 'finance'],
  ] as const)('%s and %s may be held together', (one, other) => {
    expect(conflicts(one, other)).toEqual([]);
  });

  test('applicant and head exclude each other in one department', () => {
    expect(conflictingRoles([grant('applicant', 'dep_a'), grant('head', 'dep_a')])).toHaveLength(1);
  });

  test('somebody may apply in one department and head another', () => {
    expect(conflictingRoles([grant('applicant', 'dep_a'), grant('head', 'dep_b')])).toEqual([]);
  });

  test('the same role in several departments is no conflict', () => {
    expect(conflictingRoles([grant('head', 'dep_a'), grant('head', 'dep_b')])).toEqual([]);
  });

  test('names every conflict at once, in the order of the table', () => {
    expect(conflicts('applicant', 'operator', 'system_admin')).toEqual([
      ['system_admin', 'applicant'],
      ['system_admin', 'operator'],
      ['operator', 'applicant'],
    ]);
  });

  test('does not depend on the order or the number of grants', () => {
    fc.assert(
      fc.property(fc.array(aGrant, { maxLength: 6 }), (grants) => {
        const want = conflictingRoles(grants);
        expect(conflictingRoles(grants.toReversed())).toEqual(want);
        expect(conflictingRoles([...grants, ...grants])).toEqual(want);
      }),
    );
  });

  test('taking a role away never makes a conflict', () => {
    fc.assert(
      fc.property(fc.array(aGrant, { minLength: 1, maxLength: 6 }), fc.nat(5), (grants, at) => {
        const fewer = conflictingRoles(grants.filter((_, index) => index !== at));
        const all = conflictingRoles(grants);
        expect(fewer.filter((conflict) => !all.includes(conflict))).toEqual([]);
      }),
    );
  });
});

describe('the table of exclusions', () => {
  test('names each pair once', () => {
    const pairs = exclusions.map(({ left, right }) => [left, right].toSorted().join(' '));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('pairs no role with itself', () => {
    expect(exclusions.filter(({ left, right }) => left === right)).toEqual([]);
  });

  test('no two administrators can be one person', () => {
    const names = Object.keys(administrators);
    const covered = exclusions.filter(
      ({ left, right }) => names.includes(left) && names.includes(right),
    );
    expect(covered).toHaveLength((names.length * (names.length - 1)) / 2);
  });
});
