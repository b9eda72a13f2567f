import type { ErrorCode } from '@yunheng/kernel/errors';
import { isDepartmentRole, type Actor, type Role, type RoleGrant } from './roles.ts';

/** What a personal access token may be made for; a session has them all. */
export const tokenScopes = ['read', 'request', 'approve', 'access'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/**
 * How the caller must stand to the subject. `ownDepartment` and `ownTenant` bind the roles of a department;
 * a role that reaches over the province satisfies both. `own` binds everybody.
 */
export const relations = ['anyone', 'signedIn', 'ownDepartment', 'ownTenant', 'own'] as const;
export type Relation = (typeof relations)[number];

export interface PolicyRow {
  readonly relation: Relation;
  /** Any one of these; null means that no role is asked for. */
  readonly roles: readonly Role[] | null;
  /** The scope that a token needs; null means that a token may never do it. */
  readonly scope: TokenScope | null;
}

const department = ['applicant', 'head'] as const;
const operations = ['operator', 'operator_approver'] as const;
const overseers = ['finance', 'authority', 'auditor'] as const;
const readers = [...department, ...operations, ...overseers] as const;

/** One row a procedure: the server enforces it, the console draws its buttons from it, a test walks all of it (S4). */
export const policy = {
  'auth.login': { relation: 'anyone', roles: null, scope: null },
  'auth.me': { relation: 'anyone', roles: null, scope: 'read' },
  'auth.demoIdentities': { relation: 'anyone', roles: null, scope: null },
  'auth.logout': { relation: 'signedIn', roles: null, scope: null },
  'auth.changePassword': { relation: 'signedIn', roles: null, scope: null },
  'system.status': { relation: 'anyone', roles: null, scope: 'read' },
  'notices.list': { relation: 'signedIn', roles: null, scope: 'read' },
  'notices.markRead': { relation: 'own', roles: null, scope: 'read' },
  'estate.capacity': { relation: 'signedIn', roles: [...readers, 'system_admin'], scope: 'read' },
  'estate.pool': { relation: 'signedIn', roles: [...readers, 'system_admin'], scope: 'read' },
  'estate.offers': { relation: 'signedIn', roles: readers, scope: 'read' },
  'catalog.list': { relation: 'signedIn', roles: null, scope: 'read' },
  'departments.list': { relation: 'signedIn', roles: null, scope: 'read' },
  'departments.home': { relation: 'ownDepartment', roles: readers, scope: 'read' },
  'systems.list': { relation: 'signedIn', roles: readers, scope: 'read' },
  'systems.get': { relation: 'ownTenant', roles: readers, scope: 'read' },
  'requests.list': { relation: 'signedIn', roles: readers, scope: 'read' },
  'requests.inbox': {
    relation: 'signedIn',
    roles: ['head', ...operations, 'authority'],
    scope: 'read',
  },
  'requests.get': { relation: 'ownTenant', roles: readers, scope: 'read' },
  'requests.watch': { relation: 'ownTenant', roles: readers, scope: 'read' },
  'requests.preview': { relation: 'ownDepartment', roles: ['applicant'], scope: 'request' },
  'requests.saveDraft': { relation: 'ownDepartment', roles: ['applicant'], scope: 'request' },
  'requests.discardDraft': { relation: 'ownDepartment', roles: ['applicant'], scope: 'request' },
  'requests.submit': { relation: 'ownDepartment', roles: ['applicant'], scope: 'request' },
  'requests.withdraw': { relation: 'ownDepartment', roles: ['applicant'], scope: 'request' },
  'requests.decide': {
    relation: 'ownDepartment',
    roles: ['head', ...operations, 'authority'],
    scope: 'approve',
  },
  'requests.retry': { relation: 'signedIn', roles: ['operator'], scope: 'approve' },
  'requests.restore': {
    relation: 'ownDepartment',
    roles: [...department, 'operator'],
    scope: 'request',
  },
  'access.kubeconfig': { relation: 'ownDepartment', roles: department, scope: 'access' },
  'audit.list': { relation: 'signedIn', roles: ['auditor', 'audit_admin'], scope: 'read' },
  'audit.verify': { relation: 'signedIn', roles: ['auditor', 'audit_admin'], scope: 'read' },
  'audit.laws': {
    relation: 'signedIn',
    roles: ['operator', 'auditor', 'audit_admin'],
    scope: 'read',
  },
  'ledger.account': { relation: 'ownDepartment', roles: readers, scope: 'read' },
  'users.list': { relation: 'signedIn', roles: ['security_admin', 'auditor'], scope: null },
  'users.create': { relation: 'signedIn', roles: ['security_admin'], scope: null },
  'users.setRoles': { relation: 'signedIn', roles: ['security_admin'], scope: null },
  'users.setState': { relation: 'signedIn', roles: ['security_admin'], scope: null },
  'users.resetPassword': { relation: 'signedIn', roles: ['security_admin'], scope: null },
  'tokens.list': { relation: 'own', roles: null, scope: null },
  'tokens.create': { relation: 'own', roles: null, scope: null },
  'tokens.revoke': { relation: 'own', roles: null, scope: null },
  'ops.queues': { relation: 'signedIn', roles: ['operator', 'system_admin'], scope: null },
} as const satisfies Record<string, PolicyRow>;

export type ProcedureName = keyof typeof policy;
export const procedureNames = Object.keys(policy) as readonly ProcedureName[]; // keys of a closed object

/** What the caller found out about the subject. A fact that is absent or null never satisfies a relation. */
export interface RelationFacts {
  readonly departmentId?: string | null;
  readonly tenantId?: string | null;
  readonly ownerId?: string | null;
}

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: ErrorCode };

const allowed: Verdict = { allowed: true };
const refused = (code: ErrorCode): Verdict => ({ allowed: false, code });

/** Null is an anonymous caller. A foreign subject is answered like one that does not exist (design 7, Tenancy). */
export function may(
  actor: Actor | null,
  action: ProcedureName,
  facts: RelationFacts = {},
): Verdict {
  const general = mayEver(actor, action);
  if (!general.allowed || actor === null) return general;
  return relates(actor, policy[action], facts) ? allowed : refused('access.not_found');
}

/** The same question without a subject: whether to show the page or the button at all. */
export function mayEver(actor: Actor | null, action: ProcedureName): Verdict {
  const row: PolicyRow = policy[action];
  if (actor === null) return row.relation === 'anyone' ? allowed : refused('auth.required');
  if (!tokenReaches(actor, row)) return refused('auth.scope');
  return row.roles === null || grantsFor(actor, row.roles).length > 0
    ? allowed
    : refused('access.forbidden');
}

function tokenReaches(actor: Actor, row: PolicyRow): boolean {
  if (actor.scopes === null) return true;
  return row.scope !== null && actor.scopes.includes(row.scope);
}

function relates(actor: Actor, row: PolicyRow, facts: RelationFacts): boolean {
  switch (row.relation) {
    case 'anyone':
    case 'signedIn':
      return true;
    case 'own':
      return facts.ownerId === actor.userId;
    case 'ownDepartment':
      return grantsFor(actor, row.roles ?? []).some((grant) => reaches(grant, facts.departmentId));
    case 'ownTenant':
      return (
        grantsFor(actor, row.roles ?? []).some(isProvincial) ||
        actor.tenantIds.some((tenantId) => tenantId === facts.tenantId)
      );
  }
}

const grantsFor = (actor: Actor, wanted: readonly Role[]): readonly RoleGrant[] =>
  actor.grants.filter((grant) => wanted.includes(grant.role));

const reaches = (grant: RoleGrant, departmentId: string | null | undefined): boolean =>
  isProvincial(grant) || (grant.departmentId !== null && grant.departmentId === departmentId);

/** A role of a department counts in that department only, whatever the grant says. */
const isProvincial = (grant: RoleGrant): boolean => !isDepartmentRole(grant.role);

/** Business roles that read tenants' rows over the whole province. */
export const provincialReaders = [...operations, ...overseers] as const satisfies readonly Role[];

/** Which tenants' rows the actor may see. Structurally the `Scope` of packages/db. */
export type ReadingScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'tenants'; readonly ids: readonly string[] };

/**
 * With a procedure the scope follows its row, so that an audit administrator sees every audit entry and no request.
 */
export function scopeOf(actor: Actor, action?: ProcedureName): ReadingScope {
  const row: PolicyRow | null = action === undefined ? null : policy[action];
  const wide: readonly Role[] = row?.roles ?? provincialReaders;
  if (grantsFor(actor, wide).some(isProvincial)) return { kind: 'all' };
  return { kind: 'tenants', ids: actor.tenantIds };
}
