import type { Role } from '@yunheng/domain/identity/roles';
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';

/** Active users who hold one of the roles; a department's role counts in that department only. */
export async function seatHolders(
  store: Store,
  roles: readonly Role[],
  departmentId: string,
): Promise<string[]> {
  const { roleGrants, users } = store.tables;
  const rows = await store.read
    .selectDistinct({ id: users.id })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(
      and(
        inArray(roleGrants.role, [...roles]),
        isNull(roleGrants.effectiveTo),
        eq(users.state, 'active'),
        or(isNull(roleGrants.departmentId), eq(roleGrants.departmentId, departmentId)),
      ),
    );
  return rows.map((row) => row.id);
}

/** A person's notices, unread first, the newest first. */
export const noticesOf = (
  store: Store,
  userId: string,
  limit: number,
): Promise<Row<'notices'>[]> => {
  const { notices: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(eq(table.userId, userId))
    .orderBy(desc(table.id))
    .limit(limit);
};

export const noticesByIds = (
  store: Store,
  userId: string,
  ids: readonly string[],
): Promise<Row<'notices'>[]> => {
  const { notices: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.userId, userId), inArray(table.id, [...ids])));
};
