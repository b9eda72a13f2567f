import type { Clock, Instant } from '@yunheng/kernel/clock';

/** The only reader of the machine's time. `offset` is business time ahead of real time, zero in production. */
export function createClock(offset: number): Clock & { advanceTo(offset: number): void } {
  let ahead = offset;
  // A machine clock that steps back must not make facts older than those already recorded.
  let latest: Instant = 0;
  const real = (): Instant => {
    latest = Math.max(latest, Date.now());
    return latest;
  };
  return {
    real,
    business: () => real() + ahead,
    advanceTo: (next) => {
      ahead = Math.max(ahead, next);
    },
  };
}

/** Business time ahead of real time, set before the first row and kept in the database (design 7). */
export const businessOffset = (setting: unknown): number =>
  typeof setting === 'number' ? setting : 0;
