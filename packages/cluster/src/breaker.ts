/**
 * Per cluster: after `limit` failures in a row nobody waits for a deadline any more. After `restMs` one caller
 * may try; its success closes the breaker. Real time, since it guards sockets and not facts.
 */
export interface Breaker {
  /** False: refuse at once. True: go, and report. */
  admits(): boolean;
  succeeded(): void;
  failed(): void;
  readonly open: boolean;
}

export interface BreakerSettings {
  readonly limit: number;
  readonly restMs: number;
  readonly now: () => number;
}

export function createBreaker({ limit, restMs, now }: BreakerSettings): Breaker {
  let failures = 0;
  let nextProbe = 0;
  return {
    admits() {
      if (failures < limit) return true;
      if (now() < nextProbe) return false;
      // One probe a rest period: the others keep failing fast while it runs.
      nextProbe = now() + restMs;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= limit) nextProbe = now() + restMs;
    },
    get open() {
      return failures >= limit && now() < nextProbe;
    },
  };
}
