import { Worker } from 'node:worker_threads';

/** Everything the thread is told is in its tasks. */
export const startThread = (): Worker => new Worker(new URL('./thread.ts', import.meta.url));
