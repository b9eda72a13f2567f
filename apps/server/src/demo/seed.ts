import { declareSupply } from '@yunheng/application/estate/declare-supply';
import { openStanding } from '@yunheng/application/estate/open-standing';
import { seedProvince } from '@yunheng/application/estate/seed-province';
import { seedDemoIdentities } from '@yunheng/application/identity/seed-demo-identities';
import { systemCall } from '@yunheng/application/identity/system-call';
import { findUserByUsername } from '@yunheng/db/queries/identity';
import { identities } from '@yunheng/fixtures-guangdong/identities';
import { invariant } from '@yunheng/kernel/invariant';
import type { Result } from '@yunheng/kernel/result';
import type { DomainError } from '@yunheng/kernel/errors';
import type { Composition } from '../compose.ts';
import { refuseForeign } from './demo-home.ts';
import { declaredPools, mapGuangdong, standingAllocations } from './guangdong.ts';

export interface DemoSeed {
  /** Days between 停用 and deletion; null keeps what the policy says. */
  readonly graceDays: number | null;
  /** Which standing allocations are taken over. */
  readonly standing: (row: ReturnType<typeof standingAllocations>[number]) => boolean;
}

/** The living province: organisation, estate, catalogue, identities, and what already runs. A second start changes nothing. */
export async function seedDemo({ deps }: Pick<Composition, 'deps'>, seed: DemoSeed): Promise<void> {
  await refuseForeign(deps.store);
  must(await seedProvince(deps, systemCall, mapGuangdong({ graceDays: seed.graceDays })));
  must(await declareSupply(deps, systemCall, declaredPools()));
  must(await seedDemoIdentities(deps, identities));
  const idOf = async (username: string) => {
    const user = await findUserByUsername(deps.store, username);
    invariant(user, `the demo has an identity ${username}`);
    return user.id;
  };
  must(
    await openStanding(deps, systemCall, {
      rows: standingAllocations().filter(seed.standing),
      applicantId: systemCall.actor.userId,
      deciderIds: [await idOf('operator-approver'), await idOf('authority')],
    }),
  );
}

function must<T>(result: Result<T, DomainError>): T {
  invariant(result.ok, result.ok ? '' : `the demo cannot be seeded: ${result.error.code}`);
  return result.value;
}
