import type { Role } from '@yunheng/domain/identity/roles';
import type { Columns } from '../../columns/postgres.ts';

export const defineIdentity = (c: Columns) => ({
  users: c.table(
    'users',
    {
      id: c.id().primaryKey(),
      username: c.text().notNull(),
      displayName: c.text().notNull(),
      passwordHash: c.text().notNull(),
      /** Hashes of the last five passwords, newest first. */
      passwordHistory: c.json<string[]>().notNull(),
      passwordChangedAt: c.instant().notNull(),
      mustChangePassword: c.flag().notNull(),
      failedLogins: c.integer().notNull(),
      firstFailedAt: c.instant(),
      lockedUntil: c.instant(),
      state: c.text().$type<'active' | 'disabled'>().notNull(),
      locale: c.text().notNull(),
      createdAt: c.instant().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.uniqueIndex('users_username_uq').on(t.username)],
  ),
  /** Effective-dated: a role that is taken away is ended, never deleted. */
  roleGrants: c.table(
    'role_grants',
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      role: c.text().$type<Role>().notNull(),
      departmentId: c.id(),
      effectiveFrom: c.instant().notNull(),
      effectiveTo: c.instant(),
      grantedBy: c.id().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [c.index('role_grants_user_ix').on(t.userId)],
  ),
  sessions: c.table(
    'sessions',
    {
      id: c.id().primaryKey(),
      /** SHA-256 of the cookie's secret; the secret itself is never stored. */
      secretHash: c.text().notNull(),
      csrfToken: c.text().notNull(),
      userId: c.id().notNull(),
      createdAt: c.instant().notNull(),
      lastSeenAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      endedAt: c.instant(),
      source: c.text().notNull(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('sessions_secret_uq').on(t.secretHash),
      c.index('sessions_user_ix').on(t.userId),
    ],
  ),
  accessTokens: c.table(
    'access_tokens',
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      name: c.text().notNull(),
      secretHash: c.text().notNull(),
      /** Last four characters, so that a person can tell tokens apart. */
      hint: c.text().notNull(),
      scopes: c.json<string[]>().notNull(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      lastUsedAt: c.instant(),
      revokedAt: c.instant(),
      version: c.integer().notNull(),
    },
    (t) => [
      c.uniqueIndex('access_tokens_secret_uq').on(t.secretHash),
      c.index('access_tokens_user_ix').on(t.userId),
    ],
  ),
});
