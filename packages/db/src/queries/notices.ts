import type { Role } from '@yunheng/domain/identity/roles';
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { among, listBy, readTogether } from './read-together.ts';

const seatsTogether = readTogether(async (store, departmentIds) => {
  const { roleGrants, users } = store.tables;
  const rows = await store.read
    .select({ id: users.id, role: roleGrants.role, departmentId: roleGrants.departmentId })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(
      and(
        isNull(roleGrants.effectiveTo),
        eq(users.state, 'active'),
        or(isNull(roleGrants.departmentId), among(roleGrants.departmentId, departmentIds)),
      ),
    );
  const overProvince = rows.filter((row) => row.departmentId === null);
  const inDepartment = listBy(rows, (row) => row.departmentId ?? '');
  return (departmentId) => [...inDepartment(departmentId), ...overProvince];
});

/** Active users who hold one of the roles; a department's role counts in that department only. */
export async function seatHolders(
  store: Store,
  roles: readonly Role[],
  departmentId: string,
): Promise<string[]> {
  const seats = await seatsTogether(store, departmentId);
  return [...new Set(seats.filter(({ role }) => roles.includes(role)).map(({ id }) => id))];
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
