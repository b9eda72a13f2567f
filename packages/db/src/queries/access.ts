import type { RoleGrant } from '@yunheng/domain/identity/roles';
import type { AccessFence, AccessHolder } from '@yunheng/domain/provisioning/access';
import type { Instant } from '@yunheng/kernel/clock';
import { and, asc, eq, inArray, isNull, lte, max, ne, notExists } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { grantsInForce } from './identity.ts';
import { among } from './read-together.ts';

export type Revocation = Row<'accessRevocations'>;

/** What one run of a revocation decides with. */
export interface RevocationFacts {
  readonly revocation: Revocation;
  readonly cluster: Row<'clusters'>;
  /** Name of the person, for whoever has to be told. */
  readonly person: string;
  /** The wake-up that is not done; null for one that rests. */
  readonly wake: Row<'outbox'> | null;
}

export async function revocationFacts(store: Store, id: string): Promise<RevocationFacts | null> {
  const { accessRevocations, clusters, users, outbox } = store.tables;
  const [row] = await store.read
    .select({
      revocation: accessRevocations,
      cluster: clusters,
      person: users.displayName,
      wake: outbox,
    })
    .from(accessRevocations)
    .innerJoin(clusters, eq(clusters.id, accessRevocations.clusterId))
    .innerJoin(users, eq(users.id, accessRevocations.userId))
    .leftJoin(outbox, and(eq(outbox.subjectId, accessRevocations.id), isNull(outbox.doneAt)))
    .where(eq(accessRevocations.id, id));
  return row ?? null;
}

/** Everybody of these who exists, with the grants in force. */
export async function accessHolders(
  store: Store,
  userIds: readonly string[],
  at: Instant,
): Promise<readonly AccessHolder[]> {
  if (userIds.length === 0) return [];
  const { users } = store.tables;
  const [people, held] = await Promise.all([
    store.read
      .select({ userId: users.id, state: users.state })
      .from(users)
      .where(among(users.id, userIds)),
    grantsInForce(store, userIds, at),
  ]);
  const grants = Map.groupBy(
    held.map(({ grant }) => grant),
    (grant) => grant.userId,
  );
  return people.map((person) => ({
    ...person,
    grants: (grants.get(person.userId) ?? []).map(({ role, departmentId }): RoleGrant => ({
      role,
      departmentId,
    })),
  }));
}

/** The last revocation of each of these people, for each department that one was ordered for. */
export async function accessFences(
  store: Store,
  userIds: readonly string[],
): Promise<readonly AccessFence[]> {
  if (userIds.length === 0) return [];
  const { accessRevocations: table } = store.tables;
  const rows = await store.read
    .select({
      userId: table.userId,
      departmentId: table.departmentId,
      epoch: max(table.epoch),
    })
    .from(table)
    .where(among(table.userId, userIds))
    .groupBy(table.userId, table.departmentId);
  return rows.map((row) => ({ ...row, epoch: row.epoch ?? 0 }));
}

/** Departments in which a person ever held a role. */
export async function departmentsEverHeld(
  store: Store,
  userId: string,
): Promise<readonly string[]> {
  const { roleGrants: table } = store.tables;
  const rows = await store.read
    .selectDistinct({ departmentId: table.departmentId })
    .from(table)
    .where(eq(table.userId, userId));
  return rows.flatMap(({ departmentId }) => (departmentId === null ? [] : [departmentId]));
}

/** Clusters on which these departments have namespaces, by department. */
export async function clustersOfDepartments(
  store: Store,
  departmentIds: readonly string[],
): Promise<readonly { readonly departmentId: string; readonly clusterId: string }[]> {
  if (departmentIds.length === 0) return [];
  const { allocations: table } = store.tables;
  return store.read
    .selectDistinct({ departmentId: table.departmentId, clusterId: table.clusterId })
    .from(table)
    .where(and(among(table.departmentId, departmentIds), ne(table.state, 'removed')))
    .orderBy(asc(table.clusterId), asc(table.departmentId));
}

/** Namespaces of a cluster that the ledger knows, and whose they are. */
export const accessPlaces = (store: Store, clusterId: string) => {
  const { allocations: table } = store.tables;
  return store.read
    .select({
      namespace: table.namespace,
      departmentId: table.departmentId,
      state: table.state,
    })
    .from(table)
    .where(and(eq(table.clusterId, clusterId), ne(table.state, 'removed')));
};

/** Revocations that are not done, of one cluster or of all. */
export const openRevocations = (
  store: Store,
  clusterId: string | null = null,
): Promise<Revocation[]> => {
  const { accessRevocations: table } = store.tables;
  const there = clusterId === null ? undefined : eq(table.clusterId, clusterId);
  return store.read
    .select()
    .from(table)
    .where(and(ne(table.state, 'done'), there))
    .orderBy(asc(table.id));
};

const underWay = ['queued', 'waiting_cluster'] as const;

/** Revocations past their deadline that nobody has called failed yet (law P7). */
export const overdueRevocations = (
  store: Store,
  now: Instant,
  limit: number,
): Promise<{ readonly id: string }[]> => {
  const { accessRevocations: table } = store.tables;
  return store.read
    .select({ id: table.id })
    .from(table)
    .where(and(inArray(table.state, [...underWay]), lte(table.deadlineAt, now)))
    .orderBy(asc(table.deadlineAt))
    .limit(limit);
};

/** Revocations under way that no wake-up stands for. */
export const unwokenRevocations = (store: Store, limit: number): Promise<Revocation[]> => {
  const { accessRevocations: table, outbox } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        inArray(table.state, [...underWay]),
        notExists(
          store.read
            .select({ id: outbox.id })
            .from(outbox)
            .where(and(eq(outbox.subjectId, table.id), isNull(outbox.doneAt))),
        ),
      ),
    )
    .orderBy(asc(table.id))
    .limit(limit);
};
