import { Worker } from 'node:worker_threads';
import type { ProofTask } from './task.ts';

/** Everything the thread is told is in its task. */
export const startThread = (task: ProofTask): Worker =>
  new Worker(new URL('./thread.ts', import.meta.url), { workerData: task });
