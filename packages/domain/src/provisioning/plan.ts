import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { ResourceName } from '../catalog/resources.ts';
import type { ApplyStep, NamespaceTarget, NamespaceView, Seen } from './cluster.ts';
import { differences, inForce, overUse } from './projection.ts';

export interface PlannedStep {
  readonly step: ApplyStep;
  /** Why it is written: absent, or no longer what it should be. */
  readonly reason: 'missing' | 'different';
}

export interface NamespacePlan {
  /** In the order of law P3. Empty when the cluster already shows what was approved. */
  readonly steps: readonly PlannedStep[];
  /** True when the quota is in force and the default ServiceAccount is there: access may be opened. */
  readonly ready: boolean;
  /** A decrease that use does not allow yet (law L6): the quota is not written, the rest is. */
  readonly waitsForVacate: boolean;
  readonly seen: Seen;
}

/** What the actor knows of the namespace from the ledger's side. */
export interface Expected {
  /** UID recorded at first sight; null before the namespace was ever seen. */
  readonly uid: string | null;
}

/**
 * What is to be written so that the cluster equals the projection of the ledger. Level-triggered: made anew from what
 * is seen now, so that a worker that died at any step is no special case. Refuses instead of touching what is not
 * ours (law P4) or what a newer task has written (law P5).
 */
export function planNamespace(
  target: NamespaceTarget,
  view: NamespaceView | null,
  expected: Expected,
): Result<NamespacePlan, DomainError> {
  if (view === null) {
    if (expected.uid !== null) return err(refusal('provisioning.not_ready', target, 'vanished'));
    return ok({ steps: missing(allSteps), ready: false, waitsForVacate: false, seen: null });
  }
  const foreign = foreignReason(target, view, expected);
  if (foreign !== null) return err(refusal('provisioning.foreign_namespace', target, foreign));
  if (view.phase === 'terminating')
    return err(refusal('provisioning.not_ready', target, 'terminating'));
  if (view.generation > target.generation) return err(refusal('cluster.conflict', target, 'stale'));
  const waitsForVacate = vacating(target, view).length > 0;
  return ok({
    steps: drifted(target, view).filter((planned) => !(waitsForVacate && planned.step === 'quota')),
    ready: !waitsForVacate && inForce(view.quota, target.hard) && view.defaultAccount,
    waitsForVacate,
    seen: { uid: view.uid },
  });
}

const allSteps: readonly ApplyStep[] = ['namespace', 'isolation', 'limits', 'quota', 'access'];

const missing = (steps: readonly ApplyStep[]): readonly PlannedStep[] =>
  steps.map((step) => ({ step, reason: 'missing' }));

/** Why a namespace of this name is not ours; null when it is. Labels can be written by anybody, a UID cannot. */
export function foreignReason(
  target: Pick<NamespaceTarget, 'allocationId'>,
  view: NamespaceView,
  expected: Expected,
): 'unmanaged' | 'other_owner' | 'other_uid' | null {
  if (expected.uid !== null && view.uid !== expected.uid) return 'other_uid';
  if (!view.managed) return 'unmanaged';
  return view.allocationId === target.allocationId ? null : 'other_owner';
}

function drifted(target: NamespaceTarget, view: NamespaceView): readonly PlannedStep[] {
  const labelled =
    view.podSecurity && view.pool === target.pool && view.generation === target.generation;
  const steps: PlannedStep[] = [];
  if (!labelled) steps.push({ step: 'namespace', reason: 'different' });
  if (!view.isolated) steps.push({ step: 'isolation', reason: 'missing' });
  if (!view.limited) steps.push({ step: 'limits', reason: 'missing' });
  if (view.quota === null) steps.push({ step: 'quota', reason: 'missing' });
  else if (isQuotaDifferent(target, view.quota)) steps.push({ step: 'quota', reason: 'different' });
  return steps;
}

const isQuotaDifferent = (
  target: NamespaceTarget,
  quota: NonNullable<NamespaceView['quota']>,
): boolean =>
  quota.generation !== target.generation ||
  quota.suspended ||
  !quota.even ||
  differences(quota.hard, target.hard).length > 0;

/** Resources that shall shrink while more is in use than the new limit allows (law L6). */
export function vacating(target: NamespaceTarget, view: NamespaceView): readonly ResourceName[] {
  if (view.quota === null) return [];
  const shrinking = overUse(view.quota.hard, target.hard);
  const used = overUse(view.quota.used, target.hard);
  return shrinking.filter((resource) => used.includes(resource));
}

const refusal = (
  code: 'provisioning.foreign_namespace' | 'provisioning.not_ready' | 'cluster.conflict',
  target: NamespaceTarget,
  reason: string,
): DomainError => domainError(code, { namespace: target.namespace, reason });
