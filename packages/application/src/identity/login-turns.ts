import type { Instant } from '@yunheng/kernel/clock';
import { afterFailure, noFailures, type LockoutState } from '@yunheng/domain/identity/password';

const waitingLimit = 20;
/** Judging a password costs 60 ms of a core on purpose: how many may wait for that over all names. */
const waitingInAll = 200;
const rememberedNames = 10_000;

/**
 * One attempt at a time for each name: a hundred guesses in one batch cannot all be judged before the first
 * failure counts. Names that nobody has are counted here, so that they lock like those that exist and the
 * answer tells nothing; what exists is counted in the database.
 */
export class LoginTurns {
  readonly #tails = new Map<string, { tail: Promise<unknown>; waiting: number }>();
  readonly #unknown = new Map<string, LockoutState>();
  #waiting = 0;

  /** Null when too many wait already, for this name or in all. */
  async inTurn<T>(name: string, attempt: () => Promise<T>): Promise<T | null> {
    const queue = this.#tails.get(name) ?? { tail: Promise.resolve(), waiting: 0 };
    if (queue.waiting >= waitingLimit || this.#waiting >= waitingInAll) return null;
    queue.waiting++;
    this.#waiting++;
    const turn = queue.tail.then(attempt);
    // The next in line goes on whatever became of this one; this one's caller gets its error.
    queue.tail = turn.catch(() => undefined);
    this.#tails.set(name, queue);
    try {
      return await turn;
    } finally {
      queue.waiting--;
      this.#waiting--;
      if (queue.waiting === 0) this.#tails.delete(name);
    }
  }

  /** Counts a failure of a name that nobody has; answers until when it was locked already, or null. */
  failUnknown(name: string, now: Instant): Instant | null {
    const before = this.#unknown.get(name) ?? noFailures;
    const after = afterFailure(before, now);
    this.#unknown.delete(name);
    if (this.#unknown.size >= rememberedNames) this.#forgetOldest();
    this.#unknown.set(name, after);
    return after === before ? after.lockedUntil : null;
  }

  #forgetOldest(): void {
    const oldest = this.#unknown.keys().next();
    if (oldest.done !== true) this.#unknown.delete(oldest.value);
  }
}
