import type { Role, RoleGrant } from './roles.ts';

/** The three separated administrators (三员) and what each alone is for. */
export const administrators = {
  system_admin: 'clusters, tasks, queues',
  security_admin: 'users, roles, sessions, tokens',
  audit_admin: 'audit entries and the proof of their chain',
} as const satisfies Partial<Record<Role, string>>;

/** Pairs that one person cannot hold at once. `sameDepartment`: only when both are held in one department. */
export interface Exclusion {
  readonly left: Role;
  readonly right: Role;
  readonly where: 'anywhere' | 'sameDepartment';
}

const business = [
  'applicant',
  'head',
  'operator',
  'operator_approver',
  'finance',
  'authority',
] as const;
const alone = ['system_admin', 'security_admin', 'audit_admin', 'auditor'] as const;

const anywhere = (left: Role, right: Role): Exclusion => ({ left, right, where: 'anywhere' });

/**
 * Law S5. Administrators and auditors hold nothing else. Those who ask are not those who review:
 * the operator's side excludes a department's side, and the operator excludes the operator's approver.
 * A person may apply in one department and head another, as happens with a merged office, but not in one.
 */
export const exclusions: readonly Exclusion[] = [
  ...alone.flatMap((left, index) => [
    ...alone.slice(index + 1).map((right) => anywhere(left, right)),
    ...business.map((right) => anywhere(left, right)),
  ]),
  ...(['operator', 'operator_approver'] as const).flatMap((left) => [
    anywhere(left, 'applicant'),
    anywhere(left, 'head'),
  ]),
  anywhere('operator', 'operator_approver'),
  { left: 'applicant', right: 'head', where: 'sameDepartment' },
];

/** Every exclusion that the grants break, in the order of the table; empty when they may be held together. */
export function conflictingRoles(grants: readonly RoleGrant[]): readonly Exclusion[] {
  return exclusions.filter((exclusion) => breaks(grants, exclusion));
}

function breaks(grants: readonly RoleGrant[], exclusion: Exclusion): boolean {
  const lefts = grants.filter((grant) => grant.role === exclusion.left);
  const rights = grants.filter((grant) => grant.role === exclusion.right);
  if (exclusion.where === 'anywhere') return lefts.length > 0 && rights.length > 0;
  return lefts.some((left) => rights.some((right) => left.departmentId === right.departmentId));
}
