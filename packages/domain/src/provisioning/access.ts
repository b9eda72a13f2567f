import { may } from '../identity/policy.ts';
import type { RoleGrant } from '../identity/roles.ts';
import type { PersonAccount } from './cluster.ts';

/** Whoever access belongs to, as the rows say it now. */
export interface AccessHolder {
  readonly userId: string;
  readonly state: 'active' | 'disabled';
  readonly grants: readonly RoleGrant[];
}

/** Where an account stands: the department that owns the namespace, and whether it is in force. */
export interface AccessPlace {
  readonly departmentId: string;
  readonly inForce: boolean;
}

/** A revocation as far as it outlives itself: whatever was made before it is out of date, whenever it is found. */
export interface AccessFence {
  readonly userId: string;
  /** Null: everywhere. */
  readonly departmentId: string | null;
  readonly epoch: number;
}

/** The same row of the policy table that a kubeconfig is asked under. */
export function mayHoldAccess(holder: AccessHolder | null, place: AccessPlace): boolean {
  if (holder === null || holder.state !== 'active' || !place.inForce) return false;
  return reaches(holder, place.departmentId);
}

function reaches({ userId, grants }: Omit<AccessHolder, 'state'>, departmentId: string): boolean {
  const nameless = { displayName: '', tenantIds: [], via: 'session', scopes: null } as const;
  return may({ userId, grants, ...nameless }, 'access.kubeconfig', { departmentId }).allowed;
}

/** Departments in which these grants allowed access and those do not any more. */
export function departmentsLost(
  userId: string,
  before: readonly RoleGrant[],
  after: readonly RoleGrant[],
): readonly string[] {
  const held = before.flatMap(({ departmentId }) => (departmentId === null ? [] : [departmentId]));
  return [...new Set(held)].filter(
    (departmentId) =>
      reaches({ userId, grants: before }, departmentId) &&
      !reaches({ userId, grants: after }, departmentId),
  );
}

/** The last revocation that concerns a person in a department; 0 when there was none. */
export function epochOf(
  fences: readonly AccessFence[],
  { userId, departmentId }: { readonly userId: string; readonly departmentId: string },
): number {
  const epochs = fences
    .filter((fence) => fence.userId === userId)
    .filter((fence) => fence.departmentId === null || fence.departmentId === departmentId)
    .map(({ epoch }) => epoch);
  return Math.max(0, ...epochs);
}

/** What is known of an account's person and place. */
export interface AccessFacts {
  readonly holder: AccessHolder | null;
  readonly place: AccessPlace;
  readonly fences: readonly AccessFence[];
}

/** An account that its person may not have, or that was made before the last revocation, has to go. */
export function isStaleAccount(
  { personId: userId, epoch }: Pick<PersonAccount, 'personId' | 'epoch'>,
  { holder, place, fences }: AccessFacts,
): boolean {
  const { departmentId } = place;
  return !mayHoldAccess(holder, place) || epoch < epochOf(fences, { userId, departmentId });
}
