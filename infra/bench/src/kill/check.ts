import { sealAudit } from '@yunheng/application/audit/seal-audit';
import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { findUserByUsername } from '@yunheng/db/queries/identity';
import { allStepsOf, requestById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { Store } from '@yunheng/db/store';
import { compose } from '@yunheng/server/compose';
import type { Acknowledged } from './acknowledged.ts';
import type { KillStage } from './stage.ts';

export interface Findings {
  /** Acknowledged, and not there. */
  readonly missing: readonly string[];
  /** Laws that do not hold, each with what was found. */
  readonly broken: readonly string[];
}

/** With nobody serving: opens what the killed process left, as the next start would, and looks at everything. */
export async function checkAfterKill(
  stage: KillStage,
  acknowledged: readonly Acknowledged[],
): Promise<Findings> {
  const { deps, ...composition } = await compose(stage.config);
  try {
    await sealAudit(deps);
    const missing: string[] = [];
    for (const entry of acknowledged) {
      if (!(await isThere(deps.store, entry))) missing.push(JSON.stringify(entry));
    }
    const { laws } = await verifyLaws(deps, stage.clusters);
    return { missing, broken: laws.filter(({ ok }) => ok === false).map(lawText) };
  } finally {
    await composition.close();
  }
}

export const lawText = (law: { id: string; findings: readonly string[] }): string =>
  `${law.id}: ${law.findings.slice(0, 3).join('; ')}`;

async function isThere(store: Store, entry: Acknowledged): Promise<boolean> {
  const request = await requestById(store, wholeProvince, entry.id);
  if (request === null) return false;
  switch (entry.kind) {
    case 'submitted':
      return request.number === entry.number && request.state !== 'draft';
    case 'withdrawn':
      return request.state === 'withdrawn';
    case 'approved':
    case 'rejected': {
      const user = await findUserByUsername(store, entry.by);
      const steps = await allStepsOf(store, entry.id);
      return steps.some((step) => step.decidedBy === user?.id && step.state === entry.kind);
    }
  }
}
