import type { Worker } from 'node:worker_threads';
import { follow, interrupted, type Ending, type Following } from './follow.ts';
import type { ProofTask } from './task.ts';

export interface ThreadParts {
  start(): Worker;
  /** An error that nobody expected there. */
  failed(error: unknown): void;
}

/** To load its modules costs a thread more than most proofs: it is kept for whoever looks again soon. */
const keptMs = 10 * 60_000;

/** The one thread for proofs, started when it is needed. It keeps its modules, and nothing that it has read. */
export class ProofThread {
  readonly #parts: ThreadParts;
  #worker: Worker | null = null;
  #rest: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  /** One proof at a time is for the caller to see to. */
  async run(task: () => ProofTask, following: Following): Promise<Ending> {
    // Whoever still waits in line must not open what the process has given back.
    if (this.#closed) return interrupted('the process ends');
    clearTimeout(this.#rest);
    const worker = (this.#worker ??= this.#start());
    worker.postMessage(task());
    const { ending, sound } = await follow(worker, following);
    if (sound) this.#rest = setTimeout(() => void this.#end(), keptMs).unref();
    else await this.#end();
    return ending;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#rest);
    await this.#end();
  }

  #start(): Worker {
    const worker = this.#parts.start();
    // It may also die while it rests, when nobody follows it.
    worker.on('error', (error) => this.#parts.failed(error));
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    return worker;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
