import { newRequestsOfEnvironment } from '@yunheng/db/queries/new-requests';
import { allocationsOfEnvironment } from '@yunheng/db/queries/requests';
import type { Store } from '@yunheng/db/store';
import type { ReadingScope } from '@yunheng/domain/identity/policy';
import type { Occupant } from '@yunheng/domain/quota/occupant';
import type { RequestContent } from '@yunheng/domain/quota/request';

export interface Asker {
  /** The request that asks does not stand in its own way. */
  readonly requestId: string | null;
  readonly reader: ReadingScope;
}

/** Where an environment stands or is asked for already, by pool, as far as the reader may know who it is. */
export async function occupantsOf(
  store: Store,
  of: Pick<RequestContent, 'systemId' | 'environment'>,
  { requestId, reader }: Asker,
): Promise<ReadonlyMap<string, Occupant>> {
  const [standing, asked] = await Promise.all([
    allocationsOfEnvironment(store, of.systemId, of.environment),
    newRequestsOfEnvironment(store, of.systemId, of.environment),
  ]);
  const occupants = new Map<string, Occupant>();
  for (const { id, poolId, tenantId, number } of asked) {
    if (id === requestId || poolId === null) continue;
    occupants.set(poolId, {
      kind: 'request',
      number: mayRead(reader, tenantId) ? number : null,
    });
  }
  for (const { poolId, tenantId, namespace } of standing)
    occupants.set(poolId, {
      kind: 'allocation',
      namespace: mayRead(reader, tenantId) ? namespace : null,
    });
  return occupants;
}

export const mayRead = (reader: ReadingScope, tenantId: string): boolean =>
  reader.kind === 'all' || reader.ids.includes(tenantId);
