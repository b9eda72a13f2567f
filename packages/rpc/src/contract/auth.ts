import { z } from 'zod';
import {
  count,
  id,
  instant,
  none,
  pageNumber,
  pageSize,
  ref,
  role,
  rowVersion,
  text,
} from './common.ts';

export const login = {
  input: z.strictObject({ username: text(64).min(1), password: z.string().min(1).max(256) }),
  output: z.strictObject({ userId: id, mustChangePassword: z.boolean(), csrfToken: z.string() }),
};
export const changePassword = {
  input: z.strictObject({ current: z.string().max(256), next: z.string().max(256) }),
};
export const me = {
  input: none,
  /** `user` is null for an anonymous caller: the page shows the sign-in. */
  output: z.strictObject({
    user: z
      .strictObject({
        id,
        username: z.string(),
        displayName: z.string(),
        roles: z.array(z.strictObject({ role, department: ref.nullable() })),
        mustChangePassword: z.boolean(),
        csrfToken: z.string(),
        locale: z.string(),
        expiresAt: instant,
      })
      .nullable(),
  }),
};
/** Offered on the login page by the demo profile only; an empty list otherwise. */
export const demoIdentities = {
  input: none,
  output: z.array(
    z.strictObject({
      username: z.string(),
      password: z.string(),
      displayName: z.string(),
      role,
      department: z.string().nullable(),
    }),
  ),
};

export const systemStatus = {
  input: none,
  output: z.strictObject({
    profile: z.enum(['production', 'demo', 'test']),
    version: z.string(),
    now: instant,
    /** Per cluster: preparing with a step of how many and since when, ready, away, or absent (`--no-clusters`). */
    clusters: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['preparing', 'ready', 'away', 'none']),
        step: z
          .strictObject({ code: z.string(), index: count, total: count, since: instant })
          .nullable(),
        lastSeenAt: instant.nullable(),
        version: z.string().nullable(),
      }),
    ),
    /** Standing allocations of the demo still to be provisioned. */
    backlog: count,
  }),
};

export const userRow = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  state: z.enum(['active', 'disabled']),
  locked: z.boolean(),
  roles: z.array(z.strictObject({ grantId: id, role, department: ref.nullable() })),
  createdAt: instant,
  version: rowVersion,
});
export const usersList = {
  input: z.strictObject({
    search: text(64).optional(),
    role: role.optional(),
    page: pageNumber,
    size: pageSize,
  }),
};
export const userCreate = {
  input: z.strictObject({
    username: z.string().regex(/^[a-z][a-z0-9-]{2,31}$/),
    displayName: text(64).regex(/[\p{L}\p{N}]/u),
    roles: z
      .array(z.strictObject({ role, departmentId: id.nullable() }))
      .min(1)
      .max(8),
  }),
  /** The one-time password is shown once and stored only as a hash. */
  output: z.strictObject({ id, oneTimePassword: z.string() }),
};
export const userSetRoles = {
  input: z.strictObject({
    id,
    version: rowVersion,
    roles: z.array(z.strictObject({ role, departmentId: id.nullable() })).max(8),
  }),
};
export const userSetState = {
  input: z.strictObject({ id, version: rowVersion, state: z.enum(['active', 'disabled']) }),
};
export const userResetPassword = {
  input: z.strictObject({ id }),
  output: z.strictObject({ oneTimePassword: z.string() }),
};

export const tokenScopes = ['read', 'request', 'approve', 'access'] as const;
export const tokenRow = z.strictObject({
  id,
  name: z.string(),
  hint: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export const tokenCreate = {
  input: z.strictObject({
    name: text(64).min(1),
    scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
    days: z.number().int().min(1).max(365),
  }),
  output: z.strictObject({ id, token: z.string(), expiresAt: instant }),
};

export const noticeRow = z.strictObject({
  id,
  kind: z.enum(['act', 'told']),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId: id.nullable(),
  createdAt: instant,
  readAt: instant.nullable(),
  /** Whether it still asks for something: what somebody has acted on is done, read or not. */
  standing: z.enum(['waits', 'done', 'told']),
});
