import type { Worker } from 'node:worker_threads';
import type { LawResult } from '@yunheng/application/audit/verify/law';
import { interruptedVerification } from '@yunheng/application/audit/verify/verify-laws';
import type { Proofs } from '@yunheng/application/ports/proofs';
import type { Clock } from '@yunheng/kernel/clock';
import { AdapterError } from '@yunheng/kernel/errors';
import { follow, interrupted, type Ending } from './follow.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { ProofTask } from './task.ts';

export interface ProofParts {
  readonly clock: Clock;
  readonly deadlineMs: number;
  start(kind: ProofTask['kind']): Worker;
  failed(error: unknown): void;
}

export interface ProofsBeside extends Proofs {
  close(): Promise<void>;
}

/** Proofs on a thread that lives for one proof, so that the serving thread answers while facts are read (ADR 0013). */
export function proofsBeside(parts: ProofParts): ProofsBeside {
  const line = new OneAtATime();
  const open = new Set<Worker>();
  let closed = false;
  const run = async (kind: ProofTask['kind'], swept: LawResult[]): Promise<Ending> => {
    // Whoever still waits in line must not open what the process has given back.
    if (closed) return interrupted('the process ends');
    const worker = parts.start(kind);
    open.add(worker);
    try {
      return await follow(worker, {
        deadlineMs: parts.deadlineMs,
        heard: ({ law }) => void swept.push(law),
        failed: (error) => parts.failed(error),
      });
    } finally {
      open.delete(worker);
    }
  };
  return {
    laws: line.shared(async () => {
      const swept: LawResult[] = [];
      const ending = await run('laws', swept);
      if (ending.kind === 'laws') return ending.report;
      const reason = ending.kind === 'interrupted' ? ending.reason : ending.kind;
      return interruptedVerification(swept, { reason, at: parts.clock.business() });
    }),
    chain: line.shared(async () => {
      const ending = await run('chain', []);
      if (ending.kind === 'chain') return ending.report;
      const code = ending.kind === 'interrupted' ? ending.code : 'audit.proof_interrupted';
      throw new AdapterError(code, { retryable: true });
    }),
    close: async () => {
      closed = true;
      await Promise.all([...open].map((worker) => worker.terminate()));
    },
  };
}
