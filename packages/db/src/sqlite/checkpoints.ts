import { Worker } from 'node:worker_threads';

/** Carries the write-ahead log into the file beside the one writer, whose commits then never pause for it. */
export interface Checkpoints {
  /** After a commit, with the number of rows that it wrote. */
  wrote(rows: number): void;
  close(): Promise<void>;
}

/** About 1,000 pages. A log that was carried before the next commit starts at its front: writing over is cheaper than growing. */
const rowsEach = 3_000;

/** The thread starts with the first need of it. The writer's own checkpoint stays behind it, should it fail or lag. */
export function checkpointsBeside(path: string): Checkpoints {
  let worker: Worker | null = null;
  let rows = 0;
  return {
    wrote(written) {
      rows += written;
      if (rows < rowsEach) return;
      rows = 0;
      worker ??= startThread(path, () => (worker = null));
      worker.postMessage('checkpoint');
    },
    async close() {
      if (worker === null) return;
      // Nothing else may keep the process alive until it has ended.
      worker.ref();
      const { promise, resolve } = Promise.withResolvers<void>();
      worker.once('exit', () => resolve());
      worker.postMessage('close');
      await promise;
    },
  };
}

function startThread(path: string, ended: () => void): Worker {
  const worker = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
    workerData: path,
  });
  // What it could not do, the writer does.
  worker.on('error', () => undefined);
  worker.once('exit', ended);
  worker.unref();
  return worker;
}
