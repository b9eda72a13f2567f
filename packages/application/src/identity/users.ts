import { departmentsByIds } from '@yunheng/db/queries/identity';
import type { Insert } from '@yunheng/db/store';
import { conflictingRoles } from '@yunheng/domain/identity/exclusions';
import { departmentRoles, type Role, type RoleGrant } from '@yunheng/domain/identity/roles';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError, type Issue } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { IdentityDeps } from './types.ts';

const needsDepartment = (role: Role): boolean => departmentRoles.some((one) => one === role);

/** Whether these grants can be held together by one person: existing departments, no excluded pair (law S5). */
export async function checkGrants(
  deps: IdentityDeps,
  grants: readonly RoleGrant[],
): Promise<Result<null, DomainError>> {
  const ids = grants.flatMap(({ departmentId }) => (departmentId === null ? [] : [departmentId]));
  const known = new Set((await departmentsByIds(deps.store, ids)).map(({ id }) => id));
  const issues = grants.flatMap((grant, index) =>
    placeIssues(grant, known).map((issue) => ({ ...issue, path: `roles.${index}.departmentId` })),
  );
  if (issues.length > 0) {
    return err(domainError('input.invalid', { count: issues.length }, { issues }));
  }
  const [conflict] = conflictingRoles(grants);
  if (conflict === undefined) return ok(null);
  return err(domainError('access.role_conflict', { role: conflict.left, other: conflict.right }));
}

function placeIssues(
  { role, departmentId }: RoleGrant,
  known: ReadonlySet<string>,
): readonly Pick<Issue, 'code' | 'params'>[] {
  if (!needsDepartment(role)) {
    return departmentId === null
      ? []
      : [{ code: 'input.not_allowed', params: { allowed: 'null' } }];
  }
  if (departmentId === null) return [{ code: 'input.required', params: {} }];
  return known.has(departmentId) ? [] : [{ code: 'access.not_found', params: {} }];
}

/** The same pair twice is one grant. */
export function withoutRepeats(grants: readonly RoleGrant[]): readonly RoleGrant[] {
  return [...new Map(grants.map((grant) => [keyOf(grant), grant])).values()];
}

export const keyOf = (grant: RoleGrant): string => `${grant.role}@${grant.departmentId ?? ''}`;

export function grantInserts(
  deps: IdentityDeps,
  userId: string,
  what: { grants: readonly RoleGrant[]; grantedBy: string; from: Instant },
): Insert[] {
  return what.grants.map(({ role, departmentId }) => ({
    table: 'roleGrants',
    row: {
      id: deps.ids.next('roleGrant'),
      userId,
      role,
      departmentId,
      effectiveFrom: what.from,
      effectiveTo: null,
      grantedBy: what.grantedBy,
      version: 1,
    },
  }));
}

/** A user who signs in for the first time with a password that somebody else has seen. */
export function userInsert(
  user: { id: string; username: string; displayName: string },
  password: { hash: string; mustChange: boolean; at: Instant },
): Insert {
  return {
    table: 'users',
    row: {
      ...user,
      passwordHash: password.hash,
      passwordHistory: [password.hash],
      passwordChangedAt: password.at,
      mustChangePassword: password.mustChange,
      failedLogins: 0,
      firstFailedAt: null,
      lockedUntil: null,
      state: 'active',
      locale: 'zh-CN',
      createdAt: password.at,
      version: 1,
    },
  };
}
