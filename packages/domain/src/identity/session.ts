import type { Instant } from '@yunheng/kernel/clock';
import { administrators } from './exclusions.ts';
import type { Role } from './roles.ts';

export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

const minute = 60_000;
const absoluteMs = 12 * 60 * minute;

/** An administrator's open screen is worth more to a thief, so it closes sooner. */
export function sessionLimits(roles: readonly Role[]): SessionLimits {
  const administers = roles.some((role) => Object.hasOwn(administrators, role));
  return { idleMs: (administers ? 15 : 30) * minute, absoluteMs };
}

export interface SessionTimes {
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly endedAt: Instant | null;
}

/** The instant from which the session is over if nobody comes back: half-open. */
export const sessionExpiresAt = (times: SessionTimes, limits: SessionLimits): Instant =>
  Math.min(times.lastSeenAt + limits.idleMs, times.createdAt + limits.absoluteMs);

export const isSessionLive = (times: SessionTimes, limits: SessionLimits, now: Instant): boolean =>
  times.endedAt === null && now < sessionExpiresAt(times, limits);

/** `lastSeenAt` is written at most this often, so that reading does not become writing. */
export const sessionTouchMs: number = minute;
