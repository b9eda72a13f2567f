import { afterFailure, noFailures, type LockoutState } from '@yunheng/domain/identity/password';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { FairTurns } from './fair-turns.ts';
import { sourceNetwork } from './source-network.ts';

const waitingLimit = 20;
/** Judging a password costs 60 ms of a core on purpose: how many may wait for that over all names. */
const waitingInAll = 200;
const rememberedNames = 10_000;
/** Long enough for everybody who may wait to have had their turn. */
const busySeconds = 10;

/** Who knocks, and from where. */
export interface Knock {
  readonly name: string;
  readonly source: string;
}

/**
 * One attempt at a time for each name: a hundred guesses in one batch cannot all be judged before the first
 * failure counts. A source may have no more waiting than places are left for everybody else, so that no flood from
 * a few takes the last place (behind a gateway all are one source, and have half). Names that nobody has are counted
 * here, so that they lock like those that exist and the answer tells nothing; what exists is counted in the database.
 */
export class LoginTurns {
  readonly #tails = new Map<string, { tail: Promise<unknown>; waiting: number }>();
  readonly #sources = new Map<string, number>();
  readonly #turns = new FairTurns();
  readonly #unknown = new Map<string, LockoutState>();
  #waiting = 0;

  /** Refuses when too many wait already: for this name or in all, or from this source. */
  async inTurn<T>(knock: Knock, attempt: () => Promise<T>): Promise<Result<T, DomainError>> {
    const { name } = knock;
    const source = sourceNetwork(knock.source);
    const queue = this.#tails.get(name) ?? { tail: Promise.resolve(), waiting: 0 };
    const fromSource = this.#sources.get(source) ?? 0;
    if (queue.waiting >= waitingLimit || this.#waiting >= waitingInAll) return busy('rate.limited');
    if (fromSource >= waitingInAll - this.#waiting) return busy('rate.source');
    queue.waiting++;
    this.#waiting++;
    this.#sources.set(source, fromSource + 1);
    const turn = queue.tail.then(() => this.#turns.run(source, attempt));
    // The next in line goes on whatever became of this one; this one's caller gets its error.
    queue.tail = turn.catch(() => undefined);
    this.#tails.set(name, queue);
    try {
      return ok(await turn);
    } finally {
      queue.waiting--;
      this.#waiting--;
      if (queue.waiting === 0) this.#tails.delete(name);
      this.#leave(source);
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

  #leave(source: string): void {
    const left = (this.#sources.get(source) ?? 1) - 1;
    if (left === 0) this.#sources.delete(source);
    else this.#sources.set(source, left);
  }

  #forgetOldest(): void {
    const oldest = this.#unknown.keys().next();
    if (oldest.done !== true) this.#unknown.delete(oldest.value);
  }
}

const busy = (code: 'rate.limited' | 'rate.source'): Result<never, DomainError> =>
  err(domainError(code, { seconds: busySeconds }));
