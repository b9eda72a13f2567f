import type { Instant } from '@yunheng/kernel/clock';
import type { ErrorCode } from '@yunheng/kernel/errors';

export type RevocationState = 'queued' | 'waiting_cluster' | 'failed' | 'done';

/** The part of a revocation's row that is moved, and when it wants to be looked at next. */
export interface RevocationStanding {
  readonly state: RevocationState;
  readonly attempts: number;
  readonly deadlineAt: Instant;
}

export type RevocationEvent =
  | { readonly kind: 'removed' }
  | { readonly kind: 'cluster_away' }
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'overdue' };

export interface RevocationDecision {
  readonly next: RevocationStanding;
  /** Null: by itself it is not looked at again. */
  readonly nextAt: Instant | null;
  readonly errorCode: ErrorCode | null;
  /** A person has to be told, which happens once. */
  readonly tells: boolean;
}

export const revocationRules = {
  attempts: 5,
  retryMs: 2_000,
  /** Long before the last token would have run out by itself. */
  deadlineMs: 10 * 60_000,
  /** What a person gets to mend what failed (law P7). */
  personMs: 3 * 86_400_000,
} as const;

/** Moves a revocation by what happened. One that failed is moved by `removed` alone: it stays so until nothing stands. */
export function decideRevocation(
  standing: RevocationStanding,
  event: RevocationEvent,
  now: Instant,
): RevocationDecision {
  const { attempts, retryMs } = revocationRules;
  switch (event.kind) {
    case 'removed':
      return { next: { ...standing, state: 'done' }, nextAt: null, errorCode: null, tells: false };
    case 'overdue':
      return failed(standing, 'provisioning.deadline', now);
    case 'refused': {
      const counted = { ...standing, attempts: standing.attempts + 1 };
      if (counted.attempts >= attempts) return failed(counted, event.code, now);
      return waiting(
        { ...counted, state: 'queued' },
        now + retryMs * 2 ** standing.attempts,
        event.code,
      );
    }
    case 'cluster_away':
      return waiting(
        { ...standing, state: 'waiting_cluster' },
        now + retryMs,
        'cluster.unavailable',
      );
    case 'unsettled':
      return waiting({ ...standing, state: 'queued' }, now + retryMs, null);
  }
}

function waiting(
  next: RevocationStanding,
  nextAt: Instant,
  errorCode: ErrorCode | null,
): RevocationDecision {
  return { next, nextAt, errorCode, tells: false };
}

const failed = (
  standing: RevocationStanding,
  errorCode: ErrorCode,
  now: Instant,
): RevocationDecision => ({
  next: { ...standing, state: 'failed', deadlineAt: now + revocationRules.personMs },
  nextAt: null,
  errorCode,
  tells: standing.state !== 'failed',
});

/** Nothing without deadline (law P7). */
export const isRevocationOverdue = ({ state, deadlineAt }: RevocationStanding, now: Instant) =>
  (state === 'queued' || state === 'waiting_cluster') && now >= deadlineAt;
