import type { Verification } from '../audit/verify/verify-laws.ts';
import type { ChainProof } from '../audit/walk-chain.ts';

/**
 * Whoever reads everything back to prove it: the thread that asks, or one of its own beside the thread that serves
 * (ADR 0013). Both may take as long as there are facts.
 */
export interface Proofs {
  /** A sweep that ends early answers what it has: the rest is `ok: null`. */
  laws(): Promise<Verification>;
  /** Throws `audit.proof_interrupted` when it ends early: half a chain proves nothing. */
  chain(): Promise<ChainProof>;
}
