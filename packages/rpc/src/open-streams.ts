/** More pages than one person looks at, fewer than a loop opens by mistake. */
export const streamsPerSession = 20;

/** Event streams that are open in this process, counted by who opened them: each costs a socket and a poll. */
export class OpenStreams {
  readonly #open = new Map<string, number>();

  /** What gives the place back, exactly once; null when all are taken. */
  take(owner: string): (() => void) | null {
    const count = this.#open.get(owner) ?? 0;
    if (count >= streamsPerSession) return null;
    this.#open.set(owner, count + 1);
    return () => {
      const left = (this.#open.get(owner) ?? 1) - 1;
      if (left === 0) this.#open.delete(owner);
      else this.#open.set(owner, left);
    };
  }
}
