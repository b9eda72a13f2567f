/**
 * A line of two: one runs, and whoever asks meanwhile shares the next run of the same kind. So nobody is given an
 * answer that began before their question, and however many ask, no more than one proof of each kind waits.
 */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  shared<T>(run: () => Promise<T>): () => Promise<T> {
    let waiting: Promise<T> | null = null;
    return () => {
      waiting ??= this.#after(() => {
        waiting = null;
        return run();
      });
      return waiting;
    };
  }

  #after<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run);
    // The next one comes whatever became of this one; its caller gets its error.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
