/** The people of the product (design 1). The last three are the separated administrators (三员). */
export const roles = [
  'applicant',
  'head',
  'operator',
  'operator_approver',
  'finance',
  'authority',
  'auditor',
  'system_admin',
  'security_admin',
  'audit_admin',
] as const;

export type Role = (typeof roles)[number];

/** Roles that are held in a department; the others reach over the whole province. */
export const departmentRoles = ['applicant', 'head'] as const satisfies readonly Role[];

export const isDepartmentRole = (role: Role): boolean =>
  departmentRoles.some((candidate) => candidate === role);

export interface RoleGrant {
  readonly role: Role;
  /** Set for the roles of a department, null for the others. */
  readonly departmentId: string | null;
}

/** Who is acting, resolved for each call from session or token; rights are read anew every time (S5). */
export interface Actor {
  readonly userId: string;
  readonly displayName: string;
  readonly tenantIds: readonly string[];
  readonly grants: readonly RoleGrant[];
  /** Version of the person's row as it was read for this call; what was revoked later ends what the call began. */
  readonly seenVersion?: number;
  readonly via: 'session' | 'token' | 'system';
  /** Null for a session; a token may do only what its scopes name. */
  readonly scopes: readonly string[] | null;
}
