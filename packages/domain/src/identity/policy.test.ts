import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  may,
  mayEver,
  policy,
  procedureNames,
  relations,
  scopeOf,
  tokenScopes,
  type PolicyRow,
  type ProcedureName,
  type RelationFacts,
} from './policy.ts';
import { departmentRoles, isDepartmentRole, roles, type Actor, type Role } from './roles.ts';

const anActor = (role: Role | null, overrides: Partial<Actor> = {}): Actor => ({
  userId: 'usr_self',
  displayName: '甲处经办人',
  tenantIds: role !== null && isDepartmentRole(role) ? ['ten_own'] : [],
  grants: role === null ? [] : [{ role, departmentId: isDepartmentRole(role) ? 'dep_own' : null }],
  via: 'session',
  scopes: null,
  ...overrides,
});

const own: RelationFacts = { departmentId: 'dep_own', tenantId: 'ten_own', ownerId: 'usr_self' };
const foreign: RelationFacts = {
  departmentId: 'dep_other',
  tenantId: 'ten_other',
  ownerId: 'usr_other',
};
const unknown: RelationFacts = {};
const absent: RelationFacts = { departmentId: null, tenantId: null, ownerId: null };

const rowOf = (name: ProcedureName): PolicyRow => policy[name];
const namesWhere = (test: (row: PolicyRow) => boolean) =>
  procedureNames.filter((name) => test(rowOf(name)));

/** The contract's table (S4): a procedure that is forgotten here or there fails the build of this test. */
const contract = [
  'auth.login',
  'auth.me',
  'auth.demoIdentities',
  'auth.logout',
  'auth.changePassword',
  'system.status',
  'notices.list',
  'notices.markRead',
  'estate.capacity',
  'estate.pool',
  'estate.offers',
  'catalog.list',
  'departments.list',
  'departments.home',
  'systems.list',
  'systems.get',
  'requests.list',
  'requests.inbox',
  'requests.get',
  'requests.watch',
  'requests.preview',
  'requests.saveDraft',
  'requests.discardDraft',
  'requests.submit',
  'requests.withdraw',
  'requests.decide',
  'requests.retry',
  'requests.restore',
  'access.kubeconfig',
  'audit.list',
  'audit.verify',
  'audit.laws',
  'ledger.account',
  'users.list',
  'users.create',
  'users.setRoles',
  'users.setState',
  'users.resetPassword',
  'tokens.list',
  'tokens.create',
  'tokens.revoke',
  'ops.queues',
];

describe('the policy table', () => {
  test('has one row for every procedure of the contract and no other', () => {
    expect([...procedureNames]).toEqual(contract);
  });

  test.each(procedureNames)(
    '%s names a relation, and roles wherever a department is asked for',
    (name) => {
      const row = rowOf(name);
      expect(relations).toContain(row.relation);
      if (row.relation === 'ownDepartment' || row.relation === 'ownTenant')
        expect(row.roles?.length).toBeGreaterThan(0);
      if (row.scope !== null) expect(tokenScopes).toContain(row.scope);
    },
  );

  test('nothing that changes an account, its roles or its tokens can be done with a token', () => {
    const guarded = procedureNames.filter((name) =>
      /^(?:users|tokens)\.|changePassword/.test(name),
    );
    expect(guarded.filter((name) => rowOf(name).scope !== null)).toEqual([]);
  });

  test('only sign-in, the demo offer and the state of the system are open to anybody', () => {
    expect(namesWhere((row) => row.relation === 'anyone')).toEqual([
      'auth.login',
      'auth.me',
      'auth.demoIdentities',
      'system.status',
    ]);
  });

  test('an auditor only reads', () => {
    const reading =
      /\.(?:list|get|home|capacity|pool|offers|inbox|watch|account|verify|laws|status|me)$/;
    const granted = namesWhere((row) => row.roles?.includes('auditor') ?? false);
    expect(granted.filter((name) => !reading.test(name))).toEqual([]);
  });
});

describe('duties of the three administrators', () => {
  const dutiesOf = (role: Role) => namesWhere((row) => row.roles?.includes(role) ?? false);

  test('the system administrator sees the estate and the queues', () => {
    expect(dutiesOf('system_admin')).toEqual(['estate.capacity', 'estate.pool', 'ops.queues']);
  });

  test('the security administrator keeps users and nothing else', () => {
    expect(dutiesOf('security_admin')).toEqual([
      'users.list',
      'users.create',
      'users.setRoles',
      'users.setState',
      'users.resetPassword',
    ]);
  });

  test('the audit administrator reads and proves the audit and nothing else', () => {
    expect(dutiesOf('audit_admin')).toEqual(['audit.list', 'audit.verify', 'audit.laws']);
  });

  test('no administrator can submit, decide or fetch credentials', () => {
    const business: ProcedureName[] = ['requests.submit', 'requests.decide', 'access.kubeconfig'];
    const admins: Role[] = ['system_admin', 'security_admin', 'audit_admin'];
    for (const role of admins)
      for (const action of business) expect(may(anActor(role), action, own).allowed).toBe(false);
  });
});

/** What the table means, said a second time and in other words: the law that S4 compares with. */
function expected(role: Role | null, name: ProcedureName, facts: RelationFacts): string {
  const row = rowOf(name);
  if (role !== null && row.roles !== null && !row.roles.includes(role)) return 'access.forbidden';
  if (role === null && row.roles !== null) return 'access.forbidden';
  const wide = role !== null && !departmentRoles.some((one) => one === role);
  const related = {
    anyone: true,
    signedIn: true,
    own: facts.ownerId === 'usr_self',
    ownDepartment: wide || facts.departmentId === 'dep_own',
    ownTenant: wide || facts.tenantId === 'ten_own',
  }[row.relation];
  return related ? 'allowed' : 'access.not_found';
}

describe('may', () => {
  const verdictOf = (role: Role | null, name: ProcedureName, facts: RelationFacts) => {
    const verdict = may(anActor(role), name, facts);
    return verdict.allowed ? 'allowed' : verdict.code;
  };

  describe.each([
    ['own', own],
    ['foreign', foreign],
    ['unknown', unknown],
    ['absent', absent],
  ])('on a subject that is %s', (_name, facts) => {
    test.each(procedureNames)('%s answers every role as the table says', (name) => {
      const holders = [null, ...roles];
      expect(holders.map((role) => [role, verdictOf(role, name, facts)])).toEqual(
        holders.map((role) => [role, expected(role, name, facts)]),
      );
    });
  });

  test.each(procedureNames)('%s asks an anonymous caller to sign in unless it is open', (name) => {
    const open = rowOf(name).relation === 'anyone';
    expect(may(null, name, own)).toEqual(
      open ? { allowed: true } : { allowed: false, code: 'auth.required' },
    );
  });

  test('a foreign subject is answered like one that does not exist', () => {
    const head = anActor('head');
    expect(may(head, 'requests.get', foreign)).toEqual(may(head, 'requests.get', unknown));
  });

  test('a head of another department cannot decide, an operator can', () => {
    expect(may(anActor('head'), 'requests.decide', foreign)).toEqual({
      allowed: false,
      code: 'access.not_found',
    });
    expect(may(anActor('operator'), 'requests.decide', foreign)).toEqual({ allowed: true });
  });

  test('a role of a department that names no department reaches nothing, not even subjects without one', () => {
    const adrift = anActor('applicant', { grants: [{ role: 'applicant', departmentId: null }] });
    for (const facts of [own, foreign, unknown, absent])
      expect(may(adrift, 'requests.submit', facts).allowed).toBe(false);
  });

  test('a role of a department stays in it even when the same person holds another one elsewhere', () => {
    const both = anActor('head', {
      tenantIds: ['ten_own', 'ten_second'],
      grants: [
        { role: 'head', departmentId: 'dep_own' },
        { role: 'applicant', departmentId: 'dep_second' },
      ],
    });
    expect(may(both, 'requests.submit', { departmentId: 'dep_second' }).allowed).toBe(true);
    expect(may(both, 'requests.submit', { departmentId: 'dep_own' }).allowed).toBe(false);
    expect(may(both, 'requests.decide', { departmentId: 'dep_second' }).allowed).toBe(false);
  });

  test('somebody whose last role was taken away keeps their own account and loses the rest', () => {
    const bare = anActor(null);
    const left = procedureNames.filter((name) => may(bare, name, own).allowed);
    expect(left.filter((name) => rowOf(name).roles !== null)).toEqual([]);
    expect(left).toContain('auth.changePassword');
  });
});

describe('tokens', () => {
  const withScopes = (role: Role, scopes: readonly string[]) =>
    anActor(role, { via: 'token', scopes });

  test.each(procedureNames)('%s is done with exactly the scope that its row names', (name) => {
    const row = rowOf(name);
    const role = row.roles?.[0] ?? 'applicant';
    const reached = tokenScopes.filter(
      (scope) => may(withScopes(role, [scope]), name, own).allowed,
    );
    expect(reached).toEqual(row.scope === null ? [] : [row.scope]);
  });

  test('a token never does what its person may not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.constantFrom(...procedureNames),
        fc.constantFrom(own, foreign, unknown),
        fc.subarray([...tokenScopes]),
        (role, name, facts, scopes) => {
          const token = may(withScopes(role, scopes), name, facts).allowed;
          expect(token && !may(anActor(role), name, facts).allowed).toBe(false);
        },
      ),
    );
  });

  test('an unknown scope opens nothing', () => {
    expect(may(withScopes('operator', ['admin', '*']), 'requests.list', {})).toEqual({
      allowed: false,
      code: 'auth.scope',
    });
  });
});

describe('mayEver', () => {
  test('shows what some subject would allow, and hides what none would', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(null, ...roles),
        fc.constantFrom(...procedureNames),
        (role, name) => {
          const actor = anActor(role);
          const some = [own, foreign, unknown].some((facts) => may(actor, name, facts).allowed);
          expect(mayEver(actor, name).allowed).toBe(some);
        },
      ),
    );
  });
});

describe('scopeOf', () => {
  test.each([
    ['applicant', { kind: 'tenants', ids: ['ten_own'] }],
    ['head', { kind: 'tenants', ids: ['ten_own'] }],
    ['operator', { kind: 'all' }],
    ['operator_approver', { kind: 'all' }],
    ['finance', { kind: 'all' }],
    ['authority', { kind: 'all' }],
    ['auditor', { kind: 'all' }],
    ['system_admin', { kind: 'tenants', ids: [] }],
    ['security_admin', { kind: 'tenants', ids: [] }],
    ['audit_admin', { kind: 'tenants', ids: [] }],
  ] as const)('%s reads tenants as their office needs', (role, want) => {
    expect(scopeOf(anActor(role))).toEqual(want);
  });

  test('follows the row of a procedure: the audit administrator sees every entry and no request', () => {
    const admin = anActor('audit_admin');
    expect(scopeOf(admin, 'audit.list')).toEqual({ kind: 'all' });
    expect(scopeOf(admin, 'requests.list')).toEqual({ kind: 'tenants', ids: [] });
  });

  test('is never wider for a procedure than the roles that its row names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), fc.constantFrom(...procedureNames), (role, name) => {
        const wide = scopeOf(anActor(role), name).kind === 'all';
        const named = rowOf(name).roles;
        if (wide && named !== null) expect(named).toContain(role);
        if (wide) expect(departmentRoles).not.toContain(role);
      }),
    );
  });
});
