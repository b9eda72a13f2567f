import {
  clustersOfDepartments,
  departmentsEverHeld,
  type Revocation,
} from '@yunheng/db/queries/access';
import type { User } from '@yunheng/db/queries/identity';
import type { Insert } from '@yunheng/db/store';
import { revocationRules } from '@yunheng/domain/provisioning/revocation';
import type { Call, Deps } from '../deps.ts';
import { revocationWake } from '../wake-up.ts';

export interface AccessLoss {
  /** As it was read: the Change that takes the right away moves its version by one. */
  readonly user: User;
  readonly reason: Revocation['reason'];
  /** Departments in which the right goes; null: everywhere that the person ever held one. */
  readonly departments: readonly string[] | null;
}

/**
 * The intents to take access back, for the Change that takes the right to it away: one for each cluster on which the
 * departments have namespaces, since one that is away must not keep the others waiting.
 */
export async function revocationRows(
  deps: Deps,
  call: Call,
  { user, reason, departments }: AccessLoss,
): Promise<Insert[]> {
  const where = departments ?? (await departmentsEverHeld(deps.store, user.id));
  const places = await clustersOfDepartments(deps.store, where);
  const wanted =
    departments === null
      ? [...new Set(places.map(({ clusterId }) => clusterId))].map((clusterId) => ({
          clusterId,
          departmentId: null,
        }))
      : places;
  return wanted.flatMap((place) => {
    const now = deps.clock.business();
    const id = deps.ids.next('revocation');
    const row: Revocation = {
      id,
      ...place,
      userId: user.id,
      reason,
      epoch: user.version + 1,
      orderedBy: call.actor.userId,
      state: 'queued',
      attempts: 0,
      deadlineAt: now + revocationRules.deadlineMs,
      ownerRole: 'operator',
      errorCode: null,
      createdAt: now,
      finishedAt: null,
      version: 1,
    };
    return [{ table: 'accessRevocations', row }, revocationWake(deps, id)];
  });
}
