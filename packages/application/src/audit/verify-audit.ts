import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import type { Proofs } from '../ports/proofs.ts';
import type { ChainProof } from './walk-chain.ts';

/** The proof of the audit chain for whoever may ask for it. */
export async function verifyAudit(
  deps: Deps & { readonly proofs: Proofs },
  call: Call,
): Outcome<ChainProof> {
  const subject = { subjectKind: 'audit', subjectId: 'chain', tenantId: null };
  const allowed = await permit(deps, call, { action: 'audit.verify', subject });
  return allowed.ok ? ok(await deps.proofs.chain()) : allowed;
}
