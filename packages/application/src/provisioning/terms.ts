/** Technical periods in milliseconds; what an authority decides is policy data instead. */
export const terms = {
  /** A worker waits this long for a quota to come into force before it leaves the task to its next wake-up. */
  readyWaitMs: 8_000,
  /** A hand-over that nobody answered is given out again. */
  handoverMs: 60_000,
  /** What a person gets to mend a failed task (law P7). */
  personMs: 3 * 86_400_000,
  /** A healthy cluster's row is written at least this often. */
  seenMs: 60_000,
  dayMs: 86_400_000,
} as const;

/** Jobs that may wait in the queue; more would only make hand-overs expire. */
export const queueDepth = 200;
