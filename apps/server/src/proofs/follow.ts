import type { Worker } from 'node:worker_threads';
import type { ErrorCode } from '@yunheng/kernel/errors';
import type { ProofMessage } from './task.ts';

/** How a proof ended. `interrupted` carries the word that a person reads in the report. */
export type Ending =
  | Extract<ProofMessage, { kind: 'laws' | 'chain' }>
  | { readonly kind: 'interrupted'; readonly reason: string; readonly code: ErrorCode };

export interface Following {
  readonly deadlineMs: number;
  /** Called for each law that is known before the end. */
  heard(message: Extract<ProofMessage, { kind: 'swept' }>): void;
}

export interface Followed {
  readonly ending: Ending;
  /** The thread answered, and can be asked again. */
  readonly sound: boolean;
}

/** Listens until a proof ends, however it does: nobody waits for a thread that died or hangs. */
export async function follow(worker: Worker, of: Following): Promise<Followed> {
  const { promise, resolve } = Promise.withResolvers<Followed>();
  const lost = (reason: string) => resolve({ ending: interrupted(reason), sound: false });
  const timer = setTimeout(() => lost(`no end after ${of.deadlineMs / 1000} s`), of.deadlineMs);
  const onMessage = (message: ProofMessage) => {
    if (message.kind === 'swept') of.heard(message);
    else resolve({ ending: endingOf(message), sound: true });
  };
  const onError = () => lost('the proof thread failed');
  const onExit = () => lost('the proof thread ended');
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  }
}

const endingOf = (message: Exclude<ProofMessage, { kind: 'swept' }>): Ending =>
  message.kind === 'failed' ? interrupted(message.code, message.code) : message;

export const interrupted = (
  reason: string,
  code: ErrorCode = 'audit.proof_interrupted',
): Ending => ({ kind: 'interrupted', reason, code });
