import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles } from './roles.ts';
import { isSessionLive, sessionExpiresAt, sessionLimits, sessionTouchMs } from './session.ts';

const minute = 60_000;
const hour = 60 * minute;
const business = sessionLimits(['applicant']);
const times = (createdAt: number, lastSeenAt: number, endedAt: number | null = null) => ({
  createdAt,
  lastSeenAt,
  endedAt,
});

describe('sessionLimits', () => {
  test.each(roles)('%s is signed out after a working day at the latest', (role) => {
    expect(sessionLimits([role]).absoluteMs).toBe(12 * hour);
  });

  test.each([
    ['applicant', 30],
    ['operator', 30],
    ['auditor', 30],
    ['system_admin', 15],
    ['security_admin', 15],
    ['audit_admin', 15],
  ] as const)('%s may be idle for %i minutes', (role, minutes) => {
    expect(sessionLimits([role]).idleMs).toBe(minutes * minute);
  });

  test('somebody without any role has the limits of everybody', () => {
    expect(sessionLimits([])).toEqual(business);
  });
});

describe('isSessionLive', () => {
  test.each([
    ['just made', times(0, 0), 0, true],
    ['one millisecond before the idle limit', times(0, 0), 30 * minute - 1, true],
    ['at the idle limit', times(0, 0), 30 * minute, false],
    ['used in between', times(0, 20 * minute), 40 * minute, true],
    ['used without a pause until the absolute limit', times(0, 12 * hour - 1), 12 * hour - 1, true],
    ['at the absolute limit, however busy', times(0, 12 * hour - 1), 12 * hour, false],
    ['ended by sign-out', times(0, 0, 5), 6, false],
  ])('%s', (_name, session, now, want) => {
    expect(isSessionLive(session, business, now)).toBe(want);
  });

  test('what is over stays over as long as nobody touches it', () => {
    const instant = fc.integer({ min: 0, max: 24 * hour });
    fc.assert(
      fc.property(instant, instant, instant, (idle, now, later) => {
        const session = times(0, Math.min(idle, now));
        if (!isSessionLive(session, business, now))
          expect(isSessionLive(session, business, now + later)).toBe(false);
      }),
    );
  });

  test('ends exactly when the page was told that it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 * hour }), (seen) => {
        const session = times(0, seen);
        const end = sessionExpiresAt(session, business);
        expect(isSessionLive(session, business, end - 1)).toBe(true);
        expect(isSessionLive(session, business, end)).toBe(false);
      }),
    );
  });

  test('is touched far more often than the shortest idle limit, so that nobody is signed out at work', () => {
    expect(sessionTouchMs * 10).toBeLessThan(sessionLimits(['system_admin']).idleMs);
  });
});
