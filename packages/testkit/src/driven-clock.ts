import type { Clock, Instant } from '@yunheng/kernel/clock';

/** Time that moves only when a test says so. */
export interface DrivenClock extends Clock {
  advance(milliseconds: number): void;
}

/** 2026-11-25 09:30 in Shanghai, a working day. */
export const testStart: Instant = 1_795_570_200_000;

export function drivenClock(start: Instant = testStart): DrivenClock {
  let now = start;
  return {
    business: () => now,
    real: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** Time that goes by itself and can be stepped forward: for real servers, which do not wait for a test. */
export function walkingClock(start: Instant = testStart): DrivenClock {
  const began = Date.now();
  let ahead = 0;
  const now = (): Instant => start + (Date.now() - began) + ahead;
  return {
    business: now,
    real: now,
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
