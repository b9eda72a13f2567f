import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Row, Store } from '../store.ts';
import { among, listBy, readTogether } from './read-together.ts';

const askedTogether = readTogether(async (store, systemIds) => {
  const { quotaRequests: table, requestLines } = store.tables;
  const rows = await store.read
    .selectDistinct({
      id: table.id,
      number: table.number,
      tenantId: table.tenantId,
      systemId: table.systemId,
      environment: table.environment,
      poolId: requestLines.poolId,
    })
    .from(table)
    .innerJoin(
      requestLines,
      and(eq(requestLines.requestId, table.id), eq(requestLines.revision, table.revision)),
    )
    .where(
      and(
        among(table.systemId, systemIds),
        eq(table.kind, 'new'),
        inArray(table.state, ['in_review', 'returned']),
      ),
    )
    .orderBy(asc(table.id));
  return listBy(rows, (row) => row.systemId);
});

/** Pools that undecided new requests of an environment stand for, whether their hold still lives or not. */
export const newRequestsOfEnvironment = async (
  store: Store,
  systemId: string,
  environment: Row<'allocations'>['environment'],
) => (await askedTogether(store, systemId)).filter((row) => row.environment === environment);
