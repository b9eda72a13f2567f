import { auditOf } from '@yunheng/application/audit-of';
import type { Call, Deps } from '@yunheng/application/deps';
import { systemCall } from '@yunheng/application/identity/system-call';
import type { Insert, Row } from '@yunheng/db/store';
import type { Role } from '@yunheng/domain/identity/roles';

/** Offices, not persons: who is asked for in a test. */
export const personRoles = {
  'rsj-applicant': { role: 'applicant', department: 'rsj' },
  'rsj-head': { role: 'head', department: 'rsj' },
  'wjw-applicant': { role: 'applicant', department: 'wjw' },
  'wjw-head': { role: 'head', department: 'wjw' },
  operator: { role: 'operator', department: null },
  'operator-approver': { role: 'operator_approver', department: null },
  authority: { role: 'authority', department: null },
  auditor: { role: 'auditor', department: null },
  'audit-admin': { role: 'audit_admin', department: null },
  'security-admin': { role: 'security_admin', department: null },
} as const satisfies Record<string, { role: Role; department: string | null }>;

export type PersonName = keyof typeof personRoles;

/** Writes everybody with one role each, and answers with what their calls carry. */
export async function addPeople(
  deps: Deps,
  departments: ReadonlyMap<string, Row<'departments'>>,
): Promise<Readonly<Record<PersonName, Call>>> {
  const names = Object.keys(personRoles) as PersonName[]; // keys of a closed object
  const calls = names.map((name): [PersonName, Call] => [
    name,
    callOf(deps, { name, seats: [personRoles[name]] }, departments),
  ]);
  await write(
    deps,
    calls.map(([, call]) => call),
  );
  return Object.fromEntries(calls) as Record<PersonName, Call>; // built from the keys
}

export interface Person {
  readonly name: string;
  readonly seats: readonly { readonly role: Role; readonly department: string | null }[];
}

/** One more person, with any seats: for a test that needs somebody who is two things at once. */
export async function addPerson(
  deps: Deps,
  person: Person,
  departments: ReadonlyMap<string, Row<'departments'>>,
): Promise<Call> {
  const call = callOf(deps, person, departments);
  await write(deps, [call]);
  return call;
}

function callOf(
  deps: Deps,
  { name, seats }: Person,
  departments: ReadonlyMap<string, Row<'departments'>>,
): Call {
  const held = seats.map(({ role, department }) => ({
    role,
    home: departments.get(department ?? '') ?? null,
  }));
  const tenantIds = held.flatMap(({ home }) => (home === null ? [] : [home.tenantId]));
  const actor = {
    userId: deps.ids.next('user'),
    displayName: name,
    tenantIds: [...new Set(tenantIds)],
    grants: held.map(({ role, home }) => ({ role, departmentId: home?.id ?? null })),
    via: 'session' as const,
    scopes: null,
  };
  return { actor, httpRequestId: 'req_test', source: '127.0.0.1' };
}

async function write(deps: Deps, calls: readonly Call[]): Promise<void> {
  const audit = auditOf(deps, systemCall, {
    action: 'test.people',
    subjectKind: 'system',
    subjectId: 'system',
    tenantId: null,
  });
  await deps.store.commit({ audit, inserts: calls.flatMap((call) => rowsOf(deps, call)) });
}

function rowsOf(deps: Deps, { actor }: Call): Insert[] {
  const now = deps.clock.business();
  const user: Row<'users'> = {
    id: actor.userId,
    username: actor.displayName,
    displayName: actor.displayName,
    passwordHash: '',
    passwordHistory: [],
    passwordChangedAt: now,
    mustChangePassword: false,
    failedLogins: 0,
    firstFailedAt: null,
    lockedUntil: null,
    state: 'active',
    locale: 'zh-CN',
    createdAt: now,
    version: 1,
  };
  const grants = actor.grants.map((grant): Insert => ({
    table: 'roleGrants',
    row: {
      id: deps.ids.next('roleGrant'),
      userId: actor.userId,
      ...grant,
      effectiveFrom: now,
      effectiveTo: null,
      grantedBy: 'system',
      version: 1,
    },
  }));
  return [{ table: 'users', row: user }, ...grants];
}
