import { ok } from '@yunheng/kernel/result';
import type { Call, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import type { SealingDeps } from './sealing.ts';
import { walkChain, type ChainProof } from './walk-chain.ts';

/** The proof of the audit chain for whoever may ask for it. */
export async function verifyAudit(deps: SealingDeps, call: Call): Outcome<ChainProof> {
  const subject = { subjectKind: 'audit', subjectId: 'chain', tenantId: null };
  const allowed = await permit(deps, call, { action: 'audit.verify', subject });
  return allowed.ok ? ok(await walkChain(deps)) : allowed;
}
