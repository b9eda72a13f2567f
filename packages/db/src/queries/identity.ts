import { and, asc, count, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Role } from '@yunheng/domain/identity/roles';
import type { Instant } from '@yunheng/kernel/clock';
import type { Row, Store } from '../store.ts';

export type User = Row<'users'>;
export type Session = Row<'sessions'>;
export type AccessToken = Row<'accessTokens'>;
export type Grant = Row<'roleGrants'>;

/** A grant with the department it is held in, as a page prints it and a rule needs it. */
export interface HeldGrant {
  readonly grant: Grant;
  readonly departmentName: string | null;
  readonly tenantId: string | null;
}

export async function countUsers(store: Store): Promise<number> {
  return store.read.$count(store.tables.users);
}

export async function findUserByUsername(store: Store, username: string): Promise<User | null> {
  const { users } = store.tables;
  return first(await store.read.select().from(users).where(eq(users.username, username)).limit(1));
}

export async function findUser(store: Store, id: string): Promise<User | null> {
  const { users } = store.tables;
  return first(await store.read.select().from(users).where(eq(users.id, id)).limit(1));
}

/** Grants in force at an instant; a role that was taken away a moment ago is not among them. */
export async function grantsInForce(
  store: Store,
  userIds: readonly string[],
  at: Instant,
): Promise<readonly HeldGrant[]> {
  if (userIds.length === 0) return [];
  const { roleGrants, departments } = store.tables;
  const inForce = and(
    inArray(roleGrants.userId, [...userIds]),
    lte(roleGrants.effectiveFrom, at),
    or(isNull(roleGrants.effectiveTo), gt(roleGrants.effectiveTo, at)),
  );
  return store.read
    .select({ grant: roleGrants, departmentName: departments.name, tenantId: departments.tenantId })
    .from(roleGrants)
    .leftJoin(departments, eq(departments.id, roleGrants.departmentId))
    .where(inForce)
    .orderBy(asc(roleGrants.id));
}

/** Who holds one of these roles at an instant and is enabled; a lock passes, so it takes nothing away. */
export async function enabledHolders(
  store: Store,
  roles: readonly Role[],
  at: Instant,
): Promise<readonly { readonly role: Role; readonly user: User }[]> {
  const { roleGrants, users } = store.tables;
  return store.read
    .select({ role: roleGrants.role, user: users })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(
      and(
        inArray(roleGrants.role, [...roles]),
        eq(users.state, 'active'),
        lte(roleGrants.effectiveFrom, at),
        or(isNull(roleGrants.effectiveTo), gt(roleGrants.effectiveTo, at)),
      ),
    )
    .orderBy(asc(users.username));
}

export async function findSession(
  store: Store,
  secretHash: string,
): Promise<{ session: Session; user: User } | null> {
  const { sessions, users } = store.tables;
  const rows = await store.read
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.secretHash, secretHash))
    .limit(1);
  return first(rows);
}

export async function openSessionsOf(store: Store, userId: string): Promise<readonly Session[]> {
  const { sessions } = store.tables;
  return store.read
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)));
}

export async function findToken(
  store: Store,
  secretHash: string,
): Promise<{ token: AccessToken; user: User } | null> {
  const { accessTokens, users } = store.tables;
  const rows = await store.read
    .select({ token: accessTokens, user: users })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .where(eq(accessTokens.secretHash, secretHash))
    .limit(1);
  return first(rows);
}

export async function tokensOf(store: Store, userId: string): Promise<readonly AccessToken[]> {
  const { accessTokens } = store.tables;
  return store.read
    .select()
    .from(accessTokens)
    .where(eq(accessTokens.userId, userId))
    .orderBy(desc(accessTokens.createdAt), desc(accessTokens.id));
}

export interface UserFilter {
  readonly search?: string | undefined;
  readonly role?: Role | undefined;
  readonly page: number;
  readonly size: number;
}

export async function listUsers(
  store: Store,
  filter: UserFilter,
  at: Instant,
): Promise<{ rows: readonly User[]; total: number }> {
  const { users } = store.tables;
  const where = and(matchesName(store, filter.search), holdsRole(store, filter.role, at));
  const rows = await store.read
    .select()
    .from(users)
    .where(where)
    .orderBy(asc(users.username))
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size);
  const [counted] = await store.read.select({ total: count() }).from(users).where(where);
  return { rows, total: counted?.total ?? 0 };
}

function matchesName(store: Store, search: string | undefined) {
  if (search === undefined || search === '') return undefined;
  const { users } = store.tables;
  // Wildcards in what a person types are letters like any other.
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;
  return or(
    sql`lower(${users.username}) like ${pattern} escape '\\'`,
    sql`lower(${users.displayName}) like ${pattern} escape '\\'`,
  );
}

function holdsRole(store: Store, role: Role | undefined, at: Instant) {
  if (role === undefined) return undefined;
  const { users, roleGrants } = store.tables;
  const holders = store.read
    .select({ userId: roleGrants.userId })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.role, role),
        lte(roleGrants.effectiveFrom, at),
        or(isNull(roleGrants.effectiveTo), gt(roleGrants.effectiveTo, at)),
      ),
    );
  return inArray(users.id, holders);
}

export async function departmentsByIds(
  store: Store,
  ids: readonly string[],
): Promise<readonly Row<'departments'>[]> {
  if (ids.length === 0) return [];
  const { departments } = store.tables;
  return store.read
    .select()
    .from(departments)
    .where(inArray(departments.id, [...ids]));
}

export async function departmentsByCodes(
  store: Store,
  codes: readonly string[],
): Promise<readonly Row<'departments'>[]> {
  if (codes.length === 0) return [];
  const { departments } = store.tables;
  return store.read
    .select()
    .from(departments)
    .where(inArray(departments.code, [...codes]));
}

export async function unreadNotices(
  store: Store,
  userId: string,
  ids: readonly string[],
): Promise<readonly Row<'notices'>[]> {
  if (ids.length === 0) return [];
  const { notices } = store.tables;
  return store.read
    .select()
    .from(notices)
    .where(and(eq(notices.userId, userId), inArray(notices.id, [...ids]), isNull(notices.readAt)));
}

const first = <T>(rows: readonly T[]): T | null => rows[0] ?? null;

/** A fact of the installation, as it was written; null when it was never set. */
export async function readSetting(store: Store, name: string): Promise<unknown> {
  const { settings } = store.tables;
  const row = first(
    await store.read.select().from(settings).where(eq(settings.name, name)).limit(1),
  );
  return row === null ? null : row.value;
}
