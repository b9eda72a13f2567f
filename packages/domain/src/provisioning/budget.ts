import type { Instant } from '@yunheng/kernel/clock';

/** Refusals of an apiserver that a task may meet before it waits for a person. */
export const attemptBudget = 5;

/** Pauses in milliseconds: how long a task rests before it is looked at again. */
export const pauses = {
  /** The cluster did not answer; the relay holds the row back while the cluster is known to be away. */
  cluster: 15_000,
  conflict: 2_000,
  /** The quota is written and not yet in force. */
  ready: 2_000,
  vacate: 30_000,
  /** Namespaces take five to ten seconds to go. */
  leaving: 2_000,
  /** A handed-over wake-up that nobody took is given out again. */
  handover: 60_000,
} as const;

/** After the n-th refusal: 5 s, 10 s, 20 s … at most five minutes. */
export const pauseAfterRefusal = (attempts: number): number =>
  Math.min(300_000, 5_000 * 2 ** Math.max(0, attempts - 1));

/** What a person gets to mend a failed task (law P7). */
export const personDeadline = (now: Instant): Instant => now + 3 * 86_400_000;

/** Law P8: more deletions in one cluster and hour than this wait for a person. Shipped as an example value. */
export const deletionsPerHour = 20;

/** True when one more deletion would be a mass deletion. */
export const breaksDeletionLimit = (recent: number, limit: number): boolean => recent >= limit;
