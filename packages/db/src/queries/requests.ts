import { and, asc, desc, eq, inArray, lte, ne, sql, sum, type SQL } from 'drizzle-orm';
import { inScope, type Scope } from '../scope.ts';
import type { Row, Store } from '../store.ts';
import { containsText } from './estate.ts';
import { among, listBy, readTogether } from './read-together.ts';

export async function requestById(
  store: Store,
  scope: Scope,
  id: string,
): Promise<Row<'quotaRequests'> | null> {
  const { quotaRequests: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(and(eq(table.id, id), inScope(table.tenantId, scope)));
  return row ?? null;
}

export const requestsByIds = (
  store: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<Row<'quotaRequests'>[]> => {
  const { quotaRequests: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(inArray(table.id, [...ids]), inScope(table.tenantId, scope)));
};

export const stepsOf = (
  store: Store,
  requestId: string,
  revision: number,
): Promise<Row<'approvalSteps'>[]> => {
  const { approvalSteps: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.requestId, requestId), eq(table.revision, revision)))
    .orderBy(asc(table.seq));
};

/** Steps of every revision, oldest first: what the timeline shows. */
export const allStepsOf = (store: Store, requestId: string): Promise<Row<'approvalSteps'>[]> => {
  const { approvalSteps: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(eq(table.requestId, requestId))
    .orderBy(asc(table.revision), asc(table.seq));
};

export const stepsByIds = (store: Store, ids: readonly string[]): Promise<Row<'approvalSteps'>[]> =>
  store.read
    .select()
    .from(store.tables.approvalSteps)
    .where(inArray(store.tables.approvalSteps.id, [...ids]));

export const linesOf = (
  store: Store,
  requestId: string,
  revision: number,
): Promise<Row<'requestLines'>[]> => {
  const { requestLines: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.requestId, requestId), eq(table.revision, revision)))
    .orderBy(asc(table.seq));
};

export const revisionsOf = (
  store: Store,
  requestId: string,
): Promise<Row<'requestRevisions'>[]> => {
  const { requestRevisions: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(eq(table.requestId, requestId))
    .orderBy(asc(table.revision));
};

export const eventsOf = (
  store: Store,
  requestId: string,
  afterId: string | null,
): Promise<Row<'requestEvents'>[]> => {
  const { requestEvents: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        eq(table.requestId, requestId),
        afterId === null ? undefined : sql`${table.id} > ${afterId}`,
      ),
    )
    .orderBy(asc(table.id));
};

export const tasksOf = (store: Store, requestId: string): Promise<Row<'provisioningTasks'>[]> => {
  const { provisioningTasks: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(eq(table.requestId, requestId))
    .orderBy(asc(table.id));
};

export const tasksOfRequests = (
  store: Store,
  requestIds: readonly string[],
): Promise<Row<'provisioningTasks'>[]> => {
  const { provisioningTasks: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.requestId, [...requestIds]))
    .orderBy(asc(table.id));
};

export const holdsOf = (store: Store, requestId: string): Promise<Row<'holds'>[]> => {
  const { holds: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(eq(table.requestId, requestId))
    .orderBy(asc(table.id));
};

/** What a department's undecided requests keep of one resource, over all pools. */
export async function heldInReview(
  store: Store,
  of: { departmentId: string; resource: string },
): Promise<number> {
  const { holds, quotaRequests } = store.tables;
  const [row] = await store.read
    .select({ total: sum(holds.amount).mapWith(Number) })
    .from(holds)
    .innerJoin(quotaRequests, eq(quotaRequests.id, holds.requestId))
    .where(
      and(
        eq(holds.departmentId, of.departmentId),
        eq(holds.resource, of.resource),
        eq(holds.state, 'live'),
        eq(quotaRequests.state, 'in_review'),
      ),
    );
  return row?.total ?? 0;
}

/** Requests in review with a live hold whose time is over. Approved ones keep theirs until they are provisioned. */
export async function requestsWithExpiredHolds(
  store: Store,
  now: number,
  limit: number,
): Promise<readonly string[]> {
  const { holds, quotaRequests } = store.tables;
  const rows = await store.read
    .selectDistinct({ id: holds.requestId })
    .from(holds)
    .innerJoin(quotaRequests, eq(quotaRequests.id, holds.requestId))
    .where(
      and(eq(holds.state, 'live'), lte(holds.expiresAt, now), eq(quotaRequests.state, 'in_review')),
    )
    .orderBy(asc(holds.requestId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function allocationById(
  store: Store,
  scope: Scope,
  id: string,
): Promise<Row<'allocations'> | null> {
  const { allocations: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(and(eq(table.id, id), inScope(table.tenantId, scope)));
  return row ?? null;
}

const standingTogether = readTogether(async (store, systemIds) => {
  const { allocations: table } = store.tables;
  const rows = await store.read
    .select()
    .from(table)
    .where(and(among(table.systemId, systemIds), ne(table.state, 'removed')));
  return listBy(rows, (row) => row.systemId);
});

/** Standing allocations of a system's environment: everything not yet removed. */
export const allocationsOfEnvironment = async (
  store: Store,
  systemId: string,
  environment: Row<'allocations'>['environment'],
): Promise<Row<'allocations'>[]> =>
  (await standingTogether(store, systemId)).filter((row) => row.environment === environment);

/** Requests under way for an allocation: another one must wait for them. */
export const openRequestsOfAllocation = (
  store: Store,
  allocationId: string,
): Promise<Row<'quotaRequests'>[]> => {
  const { quotaRequests: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(
      and(
        eq(table.allocationId, allocationId),
        inArray(table.state, ['in_review', 'returned', 'approved', 'failed']),
      ),
    );
};

export const requestsOfSystem = (
  store: Store,
  scope: Scope,
  systemId: string,
): Promise<Row<'quotaRequests'>[]> => {
  const { quotaRequests: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.systemId, systemId), inScope(table.tenantId, scope)))
    .orderBy(desc(table.id));
};

export interface RequestFilter {
  readonly states?: readonly Row<'quotaRequests'>['state'][] | undefined;
  readonly kind?: Row<'quotaRequests'>['kind'] | undefined;
  readonly departmentId?: string | undefined;
  readonly cloudNodeId?: string | undefined;
  readonly systemId?: string | undefined;
  readonly search?: string | undefined;
  /** Another person's draft is nobody's business. */
  readonly viewerId: string;
  readonly sort: 'updated' | 'due' | 'submitted' | 'number';
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly size: number;
}

export async function requestsPage(
  store: Store,
  scope: Scope,
  filter: RequestFilter,
): Promise<{ rows: Row<'quotaRequests'>[]; total: number }> {
  const { quotaRequests: table } = store.tables;
  const where = and(inScope(table.tenantId, scope), ...requestConditions(store, filter));
  const column = {
    updated: table.updatedAt,
    due: table.dueAt,
    submitted: table.submittedAt,
    number: table.number,
  }[filter.sort];
  const direction = filter.order === 'asc' ? asc : desc;
  // 配申〔2026〕1187 号: by its year, then as a number and not as text.
  const order =
    filter.sort === 'number'
      ? [sql`substr(${column}, 1, 8)`, sql`length(${column})`, column].map(direction)
      : [direction(column)];
  const rows = await store.read
    .select()
    .from(table)
    .where(where)
    // Rows without a value come last in both orders: NULL order differs between the databases.
    .orderBy(sql`case when ${column} is null then 1 else 0 end`, ...order, desc(table.id))
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size);
  return { rows, total: await store.read.$count(table, where) };
}

function requestConditions(store: Store, filter: RequestFilter): (SQL | undefined)[] {
  const { quotaRequests: table, requestLines, informationSystems } = store.tables;
  return [
    sql`(${table.state} <> 'draft' or ${table.applicantId} = ${filter.viewerId})`,
    // A draft that was given up never became a paper.
    sql`(${table.state} <> 'withdrawn' or ${table.number} is not null)`,
    filter.states === undefined ? undefined : inArray(table.state, [...filter.states]),
    filter.kind === undefined ? undefined : eq(table.kind, filter.kind),
    filter.departmentId === undefined ? undefined : eq(table.departmentId, filter.departmentId),
    filter.systemId === undefined ? undefined : eq(table.systemId, filter.systemId),
    filter.cloudNodeId === undefined
      ? undefined
      : sql`exists (select 1 from ${requestLines} where ${requestLines.requestId} = ${table.id} and ${requestLines.revision} = ${table.revision} and ${requestLines.cloudNodeId} = ${filter.cloudNodeId})`,
    filter.search === undefined || filter.search === ''
      ? undefined
      : sql`(${containsText([table.number], filter.search)} or exists (select 1 from ${informationSystems} where ${informationSystems.id} = ${table.systemId} and ${containsText([informationSystems.name, informationSystems.code], filter.search)}))`,
  ];
}

/** What a person's idempotency key was used for, or null when it never was. */
export async function usedKey(
  store: Store,
  userId: string,
  key: string,
): Promise<Row<'idempotencyKeys'> | null> {
  const { idempotencyKeys: table } = store.tables;
  const [row] = await store.read
    .select()
    .from(table)
    .where(and(eq(table.userId, userId), eq(table.key, key)));
  return row ?? null;
}

/** Every allocation that an environment has ever had, removed ones included: namespace names are never used twice. */
export const allocationsEver = (
  store: Store,
  systemId: string,
  environment: Row<'allocations'>['environment'],
): Promise<Row<'allocations'>[]> => {
  const { allocations: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(and(eq(table.systemId, systemId), eq(table.environment, environment)));
};

/** Lines of many requests at once, every revision: the caller keeps the current one. */
export const linesOfRequests = (
  store: Store,
  requestIds: readonly string[],
): Promise<Row<'requestLines'>[]> => {
  const { requestLines: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.requestId, [...requestIds]))
    .orderBy(asc(table.seq));
};

/** Names of offices by user id, for whoever acted on a request. */
export async function displayNames(
  store: Store,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { users } = store.tables;
  const rows = await store.read
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .where(inArray(users.id, [...userIds]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Transfers that a request caused, with their entries: found through the accounts of its lines and its tasks. */
export async function transfersByCauses(
  store: Store,
  causeIds: readonly string[],
): Promise<Row<'ledgerTransfers'>[]> {
  const { ledgerTransfers: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.causeId, [...causeIds]))
    .orderBy(asc(table.id));
}

export const entriesOf = (
  store: Store,
  transferIds: readonly string[],
): Promise<Row<'ledgerEntries'>[]> => {
  const { ledgerEntries: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.transferId, [...transferIds]))
    .orderBy(asc(table.transferId), asc(table.seq));
};

export const allocationsByIds = (
  store: Store,
  ids: readonly string[],
): Promise<Row<'allocations'>[]> => {
  const { allocations: table } = store.tables;
  return store.read
    .select()
    .from(table)
    .where(inArray(table.id, [...ids]));
};
