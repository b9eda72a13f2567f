import { and, eq, or } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { among, listBy, readTogether } from './read-together.ts';

/**
 * Undecided new requests by system. A system has few requests, and most have none of these: the state is looked at
 * here, so that no database prefers its index of states, which holds the whole province.
 */
const askedTogether = readTogether(async (store, systemIds) => {
  const { quotaRequests: table } = store.tables;
  const rows = await store.read
    .select({
      id: table.id,
      number: table.number,
      tenantId: table.tenantId,
      systemId: table.systemId,
      environment: table.environment,
      kind: table.kind,
      state: table.state,
      revision: table.revision,
    })
    .from(table)
    .where(among(table.systemId, systemIds));
  const asked = rows.filter(
    ({ kind, state }) => kind === 'new' && (state === 'in_review' || state === 'returned'),
  );
  return listBy(asked, (row) => row.systemId);
});

export interface AskedPool {
  readonly id: string;
  readonly number: string | null;
  readonly tenantId: string;
  readonly poolId: string | null;
}

/** Pools that undecided new requests of an environment stand for, whether their hold still lives or not. */
export async function newRequestsOfEnvironment(
  store: Store,
  systemId: string,
  environment: Row<'allocations'>['environment'],
): Promise<readonly AskedPool[]> {
  const asked = (await askedTogether(store, systemId)).filter(
    (row) => row.environment === environment,
  );
  if (asked.length === 0) return [];
  const { requestLines: lines } = store.tables;
  const rows = await store.read
    .selectDistinct({ requestId: lines.requestId, poolId: lines.poolId })
    .from(lines)
    .where(
      or(
        ...asked.map(({ id, revision }) =>
          and(eq(lines.requestId, id), eq(lines.revision, revision)),
        ),
      ),
    );
  return asked.flatMap(({ id, number, tenantId }) =>
    rows
      .filter((row) => row.requestId === id)
      .map(({ poolId }) => ({ id, number, tenantId, poolId })),
  );
}
