import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideRevocation,
  isRevocationOverdue,
  revocationRules,
  type RevocationEvent,
  type RevocationStanding,
} from './revocation.ts';

const now = 1_764_000_000_000;
const aRevocation = (over: Partial<RevocationStanding> = {}): RevocationStanding => ({
  state: 'queued',
  attempts: 0,
  deadlineAt: now + revocationRules.deadlineMs,
  ...over,
});
const refusal: RevocationEvent = { kind: 'refused', code: 'provisioning.refused_by_cluster' };
const harmless: readonly RevocationEvent[] = [{ kind: 'cluster_away' }, { kind: 'unsettled' }];

describe('a revocation', () => {
  test('is done when nothing stands any more, also one that had failed', () => {
    for (const state of ['queued', 'waiting_cluster', 'failed'] as const) {
      const { next, nextAt, tells } = decideRevocation(
        aRevocation({ state }),
        { kind: 'removed' },
        now,
      );
      expect({ state: next.state, nextAt, tells }).toEqual({
        state: 'done',
        nextAt: null,
        tells: false,
      });
    }
  });

  test('spends no attempt on a cluster that is away or busy, however often', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...harmless), { maxLength: 50 }), (events) => {
        let standing = aRevocation();
        for (const event of events) {
          const decision = decideRevocation(standing, event, now);
          expect(decision.nextAt).toBeGreaterThan(now);
          standing = decision.next;
        }
        expect(standing.attempts).toBe(0);
        expect(standing.deadlineAt).toBe(now + revocationRules.deadlineMs);
      }),
    );
  });

  test('fails with the last refusal, not before, and tells a person who has a deadline', () => {
    let standing = aRevocation();
    for (let attempt = 1; attempt < revocationRules.attempts; attempt++) {
      const decision = decideRevocation(standing, refusal, now);
      expect(decision.tells).toBe(false);
      expect(decision.nextAt).toBeGreaterThan(now);
      standing = decision.next;
    }
    const last = decideRevocation(standing, refusal, now);
    expect(last).toMatchObject({
      next: { state: 'failed', deadlineAt: now + revocationRules.personMs },
      nextAt: null,
      errorCode: 'provisioning.refused_by_cluster',
      tells: true,
    });
  });

  test('is overdue at its deadline while it is under way, and then fails', () => {
    const late = now + revocationRules.deadlineMs;
    expect(isRevocationOverdue(aRevocation(), late - 1)).toBe(false);
    expect(isRevocationOverdue(aRevocation({ state: 'waiting_cluster' }), late)).toBe(true);
    expect(isRevocationOverdue(aRevocation({ state: 'failed' }), late)).toBe(false);
    expect(decideRevocation(aRevocation(), { kind: 'overdue' }, late)).toMatchObject({
      next: { state: 'failed' },
      errorCode: 'provisioning.deadline',
      tells: true,
    });
  });
});
