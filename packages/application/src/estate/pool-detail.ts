import { holdersOfPool, type Holder } from '@yunheng/db/queries/holders';
import { poolById } from '@yunheng/db/queries/estate';
import { resourceNames, type ResourceName } from '@yunheng/domain/catalog/resources';
import { scopeOf } from '@yunheng/domain/identity/policy';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError } from '@yunheng/kernel/errors';
import { sumAmounts } from '@yunheng/kernel/quantity';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { refuse } from '../refuse.ts';
import { readPoolViews, type PoolView } from './pool-view.ts';

type Kind = Holder['kind'];

export interface PoolDetail {
  readonly capacity: PoolView;
  readonly workers: number;
  readonly holders: {
    readonly kind: Kind;
    readonly resource: ResourceName;
    readonly amount: number;
    readonly label: string;
    readonly requestId: string | null;
    readonly systemId: string | null;
    readonly expiresAt: Instant | null;
  }[];
  readonly othersSummary: {
    readonly kind: Kind;
    readonly resource: ResourceName;
    readonly count: number;
    readonly amount: number;
    readonly earliestExpiry: Instant | null;
  }[];
}

const action = 'estate.pool';

/** Who keeps one pool: names for those who may read them, class and count for the rest (design 7, Tenancy). */
export async function poolDetail(
  deps: Deps,
  call: Call,
  input: { readonly poolId: string },
): Outcome<PoolDetail> {
  const subject = { subjectKind: 'pool', subjectId: input.poolId, tenantId: null };
  const allowed = await permit(deps, call, { action, subject });
  if (!allowed.ok) return allowed;
  const [row, views, holders] = await Promise.all([
    poolById(deps.store, input.poolId),
    readPoolViews(deps.store, input.poolId),
    holdersOfPool(deps.store, input.poolId, null),
  ]);
  const [capacity] = views;
  if (row === null || capacity === undefined) {
    const error = domainError('access.not_found');
    return refuse(deps, call, { subject: { action, ...subject }, error });
  }
  const scope = scopeOf(call.actor);
  const named = (holder: Holder): boolean =>
    scope.kind === 'all' || scope.ids.includes(holder.tenantId);
  return ok({
    capacity,
    workers: row.workers ?? 0,
    holders: holders.filter(named).map(({ tenantId: _hidden, ...holder }) => holder),
    othersSummary: summaries(holders.filter((holder) => !named(holder))),
  });
}

function summaries(holders: readonly Holder[]): PoolDetail['othersSummary'] {
  return (['held', 'allocated'] as const).flatMap((kind) =>
    resourceNames.flatMap((resource) => {
      const of = holders.filter((one) => one.kind === kind && one.resource === resource);
      if (of.length === 0) return [];
      const expiries = of.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
      return [
        {
          kind,
          resource,
          count: of.length,
          amount: sumAmounts(of.map((one) => one.amount)),
          earliestExpiry: expiries.length === 0 ? null : Math.min(...expiries),
        },
      ];
    }),
  );
}
