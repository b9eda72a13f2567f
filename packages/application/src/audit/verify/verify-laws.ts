import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Instant } from '@yunheng/kernel/clock';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../../deps.ts';
import { permit } from '../../permit.ts';
import type { Proofs } from '../../ports/proofs.ts';
import { sweepNamespaces } from '../../provisioning/sweep-namespaces.ts';
import { sweepOrder } from '../../provisioning/sweep-order.ts';
import { sweepOwnership } from '../../provisioning/sweep-ownership.ts';
import { sweepProjection } from '../../provisioning/sweep-projection.ts';
import type { SealingDeps } from '../sealing.ts';
import { lookAtChains, lookAtDeciders, lookAtOutcomes, lookAtSpending } from './approval-laws.ts';
import { lookAtDuties, lookAtEntries, lookAtRefusals, lookAtSeals } from './audit-laws.ts';
import { lookAtCapacity, lookAtUse, lookedFrom } from './capacity-laws.ts';
import { lawResult, sweepLaw, type Looked, type LawResult } from './law.ts';
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

/**
 * Every law that a sweep can show, on the living system, with the number of facts that it looked at (design 4).
 * `heard` is told each one as soon as it is known.
 */
export async function verifyLaws(
  deps: SealingDeps,
  clusters: Clusters,
  heard: (law: LawResult) => void = () => {},
): Promise<Verification> {
  const swept: LawResult[] = [];
  // One after the other: a proof may take its time, the people who use the system come first.
  for (const [id, look] of Object.entries(looks)) {
    const law = await sweepLaw({ id, look: () => look(deps, clusters) });
    swept.push(law);
    heard(law);
  }
  return verificationOf(swept, deps.clock.business());
}

/** The report of a sweep that ended early: what nobody looked at is not shown, and says why. */
export function interruptedVerification(
  heard: readonly LawResult[],
  { reason, at }: { reason: string; at: Instant },
): Verification {
  const known = new Map(heard.map((law) => [law.id, law]));
  const unread = { checked: 0, findings: [], unread: [reason] };
  const swept = Object.keys(looks).map((id) => known.get(id) ?? lawResult(id, unread));
  return verificationOf(swept, at);
}

function verificationOf(swept: readonly LawResult[], at: Instant): Verification {
  const laws = [...swept, ...shownByTests()].toSorted(inOrder);
  return {
    laws,
    ok: laws.every((law) => law.ok !== false),
    incomplete: swept.some((law) => law.ok === null),
    at,
  };
}

/** The same for a caller who has to be allowed to ask. */
export async function checkLaws(
  deps: Deps & { readonly proofs: Proofs },
  call: Call,
): Outcome<Verification> {
  const subject = { subjectKind: 'system', subjectId: 'laws', tenantId: null };
  const allowed = await permit(deps, call, { action: 'audit.laws', subject });
  return allowed.ok ? ok(await deps.proofs.laws()) : allowed;
}

type Look = (deps: SealingDeps, clusters: Clusters) => Promise<Looked>;

const looks: Readonly<Record<string, Look>> = {
  L1: lookAtCapacity,
  L2: ({ store }) => lookAtDoubleEntry(store),
  L3: ({ store }) => lookAtExactness(store),
  L4: ({ store }) => lookAtHolds(store),
  L5: ({ store }) => lookAtRefusals(store),
  L6: lookAtUse,
  A1: ({ store }) => lookAtChains(store),
  A2: ({ store }) => lookAtDeciders(store),
  A3: ({ store }) => lookAtOutcomes(store),
  A5: ({ store }) => lookAtSpending(store),
  P1: async (...of) => lookedFrom(await sweepNamespaces(...of)),
  P2: async (...of) => lookedFrom(await sweepProjection(...of)),
  P3: async (...of) => lookedFrom(await sweepOrder(...of)),
  P4: async (...of) => lookedFrom(await sweepOwnership(...of)),
  P7: lookAtDeadlines,
  S1: ({ store }) => lookAtEntries(store),
  S2: lookAtSeals,
  S5: ({ store }) => lookAtDuties(store),
};

/** In the order of the page that defines them: L, A, P, S. */
function inOrder(left: LawResult, right: LawResult): number {
  const place = ({ id }: LawResult): number =>
    'LAPS'.indexOf(id.charAt(0)) * 10 + Number(id.slice(1));
  return place(left) - place(right);
}
