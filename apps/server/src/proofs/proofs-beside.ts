import type { LawResult } from '@yunheng/application/audit/verify/law';
import { interruptedVerification } from '@yunheng/application/audit/verify/verify-laws';
import type { Proofs } from '@yunheng/application/ports/proofs';
import type { Clock } from '@yunheng/kernel/clock';
import { AdapterError } from '@yunheng/kernel/errors';
import { OneAtATime } from './one-at-a-time.ts';
import { ProofThread, type ThreadParts } from './proof-thread.ts';
import type { ProofTask } from './task.ts';

export interface ProofParts extends ThreadParts {
  readonly clock: Clock;
  readonly deadlineMs: number;
  task(kind: ProofTask['kind']): ProofTask;
}

export interface ProofsBeside extends Proofs {
  close(): Promise<void>;
}

/** Proofs on a thread of their own, so that the serving thread answers while facts are read (ADR 0013). */
export function proofsBeside(parts: ProofParts): ProofsBeside {
  const { clock, deadlineMs } = parts;
  const line = new OneAtATime();
  const thread = new ProofThread(parts);
  return {
    laws: line.shared(async () => {
      const swept: LawResult[] = [];
      const heard = ({ law }: { law: LawResult }) => void swept.push(law);
      const ending = await thread.run(() => parts.task('laws'), { deadlineMs, heard });
      if (ending.kind === 'laws') return ending.report;
      const reason = ending.kind === 'interrupted' ? ending.reason : ending.kind;
      return interruptedVerification(swept, { reason, at: clock.business() });
    }),
    chain: line.shared(async () => {
      const ending = await thread.run(() => parts.task('chain'), { deadlineMs, heard: () => {} });
      if (ending.kind === 'chain') return ending.report;
      const code = ending.kind === 'interrupted' ? ending.code : 'audit.proof_interrupted';
      throw new AdapterError(code, { retryable: true });
    }),
    close: () => thread.close(),
  };
}
