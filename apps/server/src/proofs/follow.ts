import type { Worker } from 'node:worker_threads';
import type { ErrorCode } from '@yunheng/kernel/errors';
import type { ProofMessage } from './task.ts';

/** How a proof thread ended. `interrupted` carries the word that a person reads in the report. */
export type Ending =
  | Extract<ProofMessage, { kind: 'laws' | 'chain' }>
  | { readonly kind: 'interrupted'; readonly reason: string; readonly code: ErrorCode };

export interface Following {
  readonly deadlineMs: number;
  /** Called for each law that is known before the end. */
  heard(message: Extract<ProofMessage, { kind: 'swept' }>): void;
  /** An error that nobody expected there. */
  failed(error: unknown): void;
}

/** Listens to a thread until it is gone, whatever becomes of it: nobody waits for a thread that died or hangs. */
export async function follow(worker: Worker, of: Following): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const timer = setTimeout(
    () => resolve(interrupted(`no end after ${of.deadlineMs / 1000} s`)),
    of.deadlineMs,
  );
  worker.on('message', (message: ProofMessage) => {
    if (message.kind === 'swept') of.heard(message);
    else if (message.kind === 'failed') resolve(interrupted(message.code, message.code));
    else resolve(message);
  });
  worker.once('error', (error) => {
    of.failed(error);
    resolve(interrupted('the proof thread failed'));
  });
  worker.once('exit', () => resolve(interrupted('the proof thread ended')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

export const interrupted = (
  reason: string,
  code: ErrorCode = 'audit.proof_interrupted',
): Ending => ({
  kind: 'interrupted',
  reason,
  code,
});
