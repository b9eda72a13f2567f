import { isUnderWay, type TaskState } from './task.ts';
import { foreignReason, type Expected } from './plan.ts';
import { differences } from './projection.ts';
import type { NamespaceTarget, NamespaceView } from './cluster.ts';

export const driftKinds = [
  'namespace_missing', // an open allocation without its namespace (law P1)
  'namespace_orphan', // our label, but no open allocation owns it (law P1)
  'namespace_foreign', // the name is taken by somebody else, or by another UID (law P4)
  'labels_changed', // Pod Security or pool label taken away (law P3)
  'isolation_missing',
  'limits_missing',
  'quota_missing',
  'quota_changed', // another amount than the ledger's (law P2)
  'pod_outside_pool', // law P2
] as const;
export type DriftKind = (typeof driftKinds)[number];

export interface Drift {
  readonly kind: DriftKind;
  readonly namespace: string;
  readonly allocationId: string | null;
  /** `repair`: the reconciler writes it back. `person`: touching it could destroy what somebody needs. */
  readonly remedy: 'repair' | 'person';
}

export interface Projected extends Expected {
  readonly target: NamespaceTarget;
  /** State of the allocation's running task, null when none runs. What is being changed is not drift. */
  readonly task: TaskState | null;
}

/** Everything in which one namespace differs from the projection of the ledger; empty while a task works on it. */
export function driftOf(projected: Projected, view: NamespaceView | null): readonly Drift[] {
  const { target, task } = projected;
  if (task !== null && isUnderWay(task)) return [];
  const drift = (kind: DriftKind, remedy: Drift['remedy'] = 'repair'): Drift => ({
    kind,
    namespace: target.namespace,
    allocationId: target.allocationId,
    remedy,
  });
  if (view === null) return [drift('namespace_missing', 'person')];
  if (foreignReason(target, view, projected) !== null)
    return [drift('namespace_foreign', 'person')];
  const found: Drift[] = [];
  if (!view.podSecurity || view.pool !== target.pool) found.push(drift('labels_changed'));
  if (!view.isolated) found.push(drift('isolation_missing'));
  if (!view.limited) found.push(drift('limits_missing'));
  if (view.quota === null) found.push(drift('quota_missing'));
  else if (!view.quota.even || differences(view.quota.hard, target.hard).length > 0)
    found.push(drift('quota_changed'));
  return found;
}

/** Managed namespaces that no open allocation owns. Never deleted by a program alone (law P4). */
export const orphansOf = (
  views: readonly NamespaceView[],
  openAllocationIds: ReadonlySet<string>,
): readonly Drift[] =>
  views
    .filter((view) => view.allocationId === null || !openAllocationIds.has(view.allocationId))
    .map((view) => ({
      kind: 'namespace_orphan',
      namespace: view.name,
      allocationId: view.allocationId,
      remedy: 'person',
    }));
