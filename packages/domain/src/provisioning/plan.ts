import type { Instant } from '@yunheng/kernel/clock';
import { resourceNames, type ResourceAmounts, type ResourceName } from '../catalog/resources.ts';
import type { ApplyStep, NamespaceTarget, NamespaceView } from './cluster.ts';
import { differences, overUse } from './projection.ts';

/**
 * What is to be done next, from what is seen and what is wanted, and from nothing else: a worker that dies at any
 * point is followed by one that looks and plans anew (level-triggered).
 */
export type Plan =
  /** Write these, in this order, then wait until the quota is in force. */
  | { readonly kind: 'apply'; readonly steps: readonly ApplyStep[]; readonly hard: ResourceAmounts }
  /** The rest is as wanted; more is used than the new limit allows (law L6). */
  | { readonly kind: 'vacate'; readonly over: readonly ResourceName[] }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'grace'; readonly until: Instant }
  | { readonly kind: 'delete'; readonly uid: string }
  /** A deletion is under way. */
  | { readonly kind: 'leaving'; readonly blockedBy: string | null }
  | { readonly kind: 'gone' }
  /** A namespace of that name that is not this allocation's (law P4). */
  | { readonly kind: 'foreign'; readonly uid: string }
  /** The allocation's namespace was removed by somebody else. */
  | { readonly kind: 'missing' };

export interface Wanted {
  readonly target: NamespaceTarget;
  /** UID on record; null until the namespace was made. */
  readonly uid: string | null;
}

/** Ours: the label names the allocation, and the UID is the one on record, if there is one yet. */
function isOurs(view: NamespaceView, { target, uid }: Wanted): boolean {
  if (uid !== null && view.uid !== uid) return false;
  return view.managed && view.allocationId === target.allocationId;
}

export function planOpen(view: NamespaceView | null, wanted: Wanted): Plan {
  const { target } = wanted;
  const { hard } = target;
  if (view === null)
    return { kind: 'apply', steps: ['namespace', 'isolation', 'limits', 'quota', 'access'], hard };
  if (!isOurs(view, wanted)) return { kind: 'foreign', uid: view.uid };
  if (view.phase === 'terminating') return { kind: 'leaving', blockedBy: view.blockedBy };
  const named =
    view.podSecurity && view.pool === target.pool && view.generation === target.generation;
  const steps: ApplyStep[] = [];
  if (!named) steps.push('namespace');
  if (!view.isolated) steps.push('isolation');
  if (!view.limited) steps.push('limits');
  if (!quotaWritten(view, target, hard)) steps.push('quota');
  return { kind: 'apply', steps: [...steps, 'access'], hard };
}

const quotaWritten = (
  { quota }: NamespaceView,
  target: NamespaceTarget,
  hard: ResourceAmounts,
): boolean =>
  quota !== null &&
  quota.even &&
  !quota.suspended &&
  quota.generation === target.generation &&
  differences(quota.hard, hard).length === 0;

export interface ChangeWanted extends Wanted {
  /** What the cluster showed before this change. */
  readonly before: ResourceAmounts;
}

/** Increases come into force at once; a decrease is written only when use allows it. */
export function planChange(view: NamespaceView | null, wanted: ChangeWanted): Plan {
  const { target, before } = wanted;
  if (view === null) return { kind: 'missing' };
  if (!isOurs(view, wanted)) return { kind: 'foreign', uid: view.uid };
  if (view.phase === 'terminating') return { kind: 'leaving', blockedBy: view.blockedBy };
  const over = overUse(view.quota?.used ?? {}, target.hard);
  const hard = over.length > 0 ? largest(before, target.hard) : target.hard;
  if (!quotaWritten(view, target, hard)) return { kind: 'apply', steps: ['quota'], hard };
  return over.length > 0 ? { kind: 'vacate', over } : { kind: 'apply', steps: [], hard };
}

function largest(left: ResourceAmounts, right: ResourceAmounts): ResourceAmounts {
  const amounts: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames)
    amounts[resource] = Math.max(left[resource] ?? 0, right[resource] ?? 0);
  return amounts;
}

export interface ReleaseWanted extends Wanted {
  readonly now: Instant;
  /** End of the grace days; null until the namespace is suspended. */
  readonly graceUntil: Instant | null;
}

/** Gone is the namespace of that UID; whatever bears the name afterwards is somebody else's. */
export function planRelease(view: NamespaceView | null, wanted: ReleaseWanted): Plan {
  const { uid, now, graceUntil } = wanted;
  if (view === null || (uid !== null && view.uid !== uid)) return { kind: 'gone' };
  if (!isOurs(view, wanted)) return { kind: 'foreign', uid: view.uid };
  if (view.phase === 'terminating') return { kind: 'leaving', blockedBy: view.blockedBy };
  if (graceUntil === null || view.quota?.suspended !== true) return { kind: 'suspend' };
  return now < graceUntil
    ? { kind: 'grace', until: graceUntil }
    : { kind: 'delete', uid: view.uid };
}
