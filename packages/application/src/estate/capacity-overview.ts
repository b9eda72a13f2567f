import { holdCounts } from '@yunheng/db/queries/capacity';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { readPoolViews, type PoolView } from './pool-view.ts';

export interface CapacityOverview {
  readonly at: Instant;
  readonly pools: PoolView[];
  readonly holds: { readonly count: number; readonly expiringSoon: number };
}

/** A hold that ends within this time is worth a look today. */
const soonMs = 2 * 86_400_000;

export async function capacityOverview(
  deps: Deps,
  call: Call,
  input: { readonly scope: 'all' | 'provincial' | 'industry' | 'city' | 'edge' },
): Outcome<CapacityOverview> {
  const subject = { subjectKind: 'estate', subjectId: 'capacity', tenantId: null };
  const allowed = await permit(deps, call, { action: 'estate.capacity', subject });
  if (!allowed.ok) return allowed;
  const at = deps.clock.business();
  const [views, holds] = await Promise.all([
    readPoolViews(deps.store, null),
    holdCounts(deps.store, at + soonMs),
  ]);
  const pools = views.filter(
    ({ cloudNode }) => input.scope === 'all' || cloudNode.tier === input.scope,
  );
  return ok({ at, pools, holds });
}
