import type { LawResult } from '@yunheng/application/audit/verify/law';
import type { Verification } from '@yunheng/application/audit/verify/verify-laws';
import type { ChainProof } from '@yunheng/application/audit/walk-chain';
import type { ErrorCode } from '@yunheng/kernel/errors';

/** What the proof thread is told: where the facts are, nothing of them. */
export interface ProofTask {
  readonly kind: 'laws' | 'chain';
  readonly home: string;
  readonly databaseUrl: string;
  readonly databaseSchema: string;
  /** Clusters that the serving process can reach now, with the kubeconfig to reach them by. */
  readonly clusters: readonly { readonly name: string; readonly kubeconfig: string }[];
}

/** What it says: each law as soon as it is known, then the report, or why there is none. */
export type ProofMessage =
  | { readonly kind: 'swept'; readonly law: LawResult }
  | { readonly kind: 'laws'; readonly report: Verification }
  | { readonly kind: 'chain'; readonly report: ChainProof }
  | { readonly kind: 'failed'; readonly code: ErrorCode };
