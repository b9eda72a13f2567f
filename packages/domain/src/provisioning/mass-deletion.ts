import type { Instant } from '@yunheng/kernel/clock';

export interface DeletionLimits {
  readonly windowMs: number;
  /** So many are always let through: an ordinary day. */
  readonly least: number;
  /** Beyond it, at most this share of the live namespaces of a cluster. */
  readonly permille: number;
}

/** As shipped. */
export const deletionLimits: DeletionLimits = { windowMs: 60 * 60_000, least: 10, permille: 20 };

export interface DeletionVerdict {
  readonly tripped: boolean;
  /** Deletions of the window, this one included. */
  readonly count: number;
  readonly limit: number;
}

/**
 * Law P8: a wave of deletions in one cluster stops until a person says that it is meant. Whoever made the wave (a bad
 * script, a wrong clock, a restored database) does not matter. `recent` are the instants of earlier deletions.
 */
export function judgeDeletion(
  recent: readonly Instant[],
  now: Instant,
  of: { readonly live: number; readonly limits: DeletionLimits },
): DeletionVerdict {
  const count = recent.filter((at) => at > now - of.limits.windowMs).length + 1;
  const limit = Math.max(of.limits.least, Math.floor((of.live * of.limits.permille) / 1000));
  return { tripped: count > limit, count, limit };
}
