/** Judging a password is one thread's work; libuv has four, and file reads wait behind whatever fills them. */
const atOnce = 4;

/**
 * A few at once, and of those who wait the next from each source in turn: however many knock from one address,
 * somebody at another waits for one of them at most.
 */
export class FairTurns {
  readonly #lines = new Map<string, (() => void)[]>();
  #running = 0;

  async run<T>(source: string, work: () => Promise<T>): Promise<T> {
    await this.#begin(source);
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  #begin(source: string): Promise<void> {
    if (this.#running < atOnce) {
      this.#running++;
      return Promise.resolve();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const line = this.#lines.get(source);
    if (line === undefined) this.#lines.set(source, [resolve]);
    else line.push(resolve);
    return promise;
  }

  /** The place goes to the source that has waited longest for its turn, which then stands at the end. */
  #passOn(): void {
    const [first] = this.#lines;
    if (first === undefined) {
      this.#running--;
      return;
    }
    const [source, line] = first;
    const next = line.shift();
    this.#lines.delete(source);
    if (line.length > 0) this.#lines.set(source, line);
    next?.();
  }
}
