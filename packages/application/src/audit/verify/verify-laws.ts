import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../../deps.ts';
import { permit } from '../../permit.ts';
import { sweepNamespaces } from '../../provisioning/sweep-namespaces.ts';
import { sweepOrder } from '../../provisioning/sweep-order.ts';
import { sweepOwnership } from '../../provisioning/sweep-ownership.ts';
import { sweepProjection } from '../../provisioning/sweep-projection.ts';
import type { SealingDeps } from '../sealing.ts';
import { lookAtChains, lookAtDeciders, lookAtOutcomes, lookAtSpending } from './approval-laws.ts';
import { lookAtDuties, lookAtEntries, lookAtRefusals, lookAtSeals } from './audit-laws.ts';
import { lookAtCapacity, lookAtUse, lookedFrom } from './capacity-laws.ts';
import { sweepLaw, type LawResult, type LawSweep } from './law.ts';
import { lookAtDoubleEntry, lookAtExactness, lookAtHolds } from './ledger-laws.ts';
import { shownByTests } from './shown-by-tests.ts';
import { lookAtDeadlines } from './waiting-laws.ts';

export interface Verification {
  readonly laws: LawResult[];
  /** No finding anywhere; what could not be read is no finding. */
  readonly ok: boolean;
  /** Something that a sweep should have read did not answer. */
  readonly incomplete: boolean;
  readonly at: Instant;
}

/** Every law that a sweep can show, on the living system, with the number of facts that it looked at (design 4). */
export async function verifyLaws(deps: SealingDeps, clusters: Clusters): Promise<Verification> {
  const swept: LawResult[] = [];
  // One after the other: a proof may take its time, the people who use the system come first.
  for (const sweep of sweeps(deps, clusters)) swept.push(await sweepLaw(sweep));
  const laws = [...swept, ...shownByTests()].toSorted(inOrder);
  return {
    laws,
    ok: laws.every((law) => law.ok !== false),
    incomplete: swept.some((law) => law.ok === null),
    at: deps.clock.business(),
  };
}

/** The same for a caller who has to be allowed to ask. */
export async function checkLaws(
  deps: SealingDeps,
  call: Call,
  clusters: Clusters,
): Outcome<Verification> {
  const subject = { subjectKind: 'system', subjectId: 'laws', tenantId: null };
  const allowed = await permit(deps, call, { action: 'audit.laws', subject });
  return allowed.ok ? ok(await verifyLaws(deps, clusters)) : allowed;
}

function sweeps(deps: SealingDeps, clusters: Clusters): readonly LawSweep[] {
  const { store } = deps;
  return [
    { id: 'L1', look: () => lookAtCapacity(deps, clusters) },
    { id: 'L2', look: () => lookAtDoubleEntry(store) },
    { id: 'L3', look: () => lookAtExactness(store) },
    { id: 'L4', look: () => lookAtHolds(store) },
    { id: 'L5', look: () => lookAtRefusals(store) },
    { id: 'L6', look: () => lookAtUse(deps, clusters) },
    { id: 'A1', look: () => lookAtChains(store) },
    { id: 'A2', look: () => lookAtDeciders(store) },
    { id: 'A3', look: () => lookAtOutcomes(store) },
    { id: 'A5', look: () => lookAtSpending(store) },
    { id: 'P1', look: async () => lookedFrom(await sweepNamespaces(deps, clusters)) },
    { id: 'P2', look: async () => lookedFrom(await sweepProjection(deps, clusters)) },
    { id: 'P3', look: async () => lookedFrom(await sweepOrder(deps, clusters)) },
    { id: 'P4', look: async () => lookedFrom(await sweepOwnership(deps, clusters)) },
    { id: 'P7', look: () => lookAtDeadlines(deps) },
    { id: 'S1', look: () => lookAtEntries(store) },
    { id: 'S2', look: () => lookAtSeals(deps) },
    { id: 'S5', look: () => lookAtDuties(store) },
  ];
}

/** In the order of the page that defines them: L, A, P, S. */
function inOrder(left: LawResult, right: LawResult): number {
  const place = ({ id }: LawResult): number =>
    'LAPS'.indexOf(id.charAt(0)) * 10 + Number(id.slice(1));
  return place(left) - place(right);
}
