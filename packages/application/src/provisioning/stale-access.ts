import { accessFences, accessHolders, accessPlaces } from '@yunheng/db/queries/access';
import type { Row } from '@yunheng/db/store';
import { isStaleAccount } from '@yunheng/domain/provisioning/access';
import type { Cluster, PersonAccount } from '@yunheng/domain/provisioning/cluster';
import type { Deps } from '../deps.ts';

export interface AccessOnCluster {
  readonly row: Row<'clusters'>;
  readonly cluster: Cluster;
  /** Null: everybody. */
  readonly personId: string | null;
}

export interface ComparedAccess {
  readonly checked: number;
  readonly stale: readonly PersonAccount[];
}

/**
 * Accounts that stand although their person may not have them, or that are older than the last revocation. The cluster
 * is read first: an account that is seen was granted under rights that the database shows by then, or has taken away.
 * A namespace that no allocation owns is left to a person (law P4).
 */
export async function compareAccess(
  deps: Deps,
  { row, cluster, personId }: AccessOnCluster,
): Promise<ComparedAccess> {
  const accounts = await cluster.listAccess(personId);
  if (accounts.length === 0) return { checked: 0, stale: [] };
  const userIds = [...new Set(accounts.map((account) => account.personId))];
  const [holders, fences, places] = await Promise.all([
    accessHolders(deps.store, userIds, deps.clock.business()),
    accessFences(deps.store, userIds),
    accessPlaces(deps.store, row.id),
  ]);
  const holderOf = new Map(holders.map((holder) => [holder.userId, holder]));
  const placeOf = new Map(places.map((place) => [place.namespace, place]));
  const known = accounts.flatMap((account) => {
    const place = placeOf.get(account.namespace);
    return place === undefined ? [] : [{ account, place }];
  });
  const stale = known.filter(({ account, place: { departmentId, state } }) =>
    isStaleAccount(account, {
      holder: holderOf.get(account.personId) ?? null,
      place: { departmentId, inForce: state === 'active' },
      fences,
    }),
  );
  return { checked: known.length, stale: stale.map(({ account }) => account) };
}
