import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deletionLimits, judgeDeletion } from './mass-deletion.ts';

const now = 1_764_000_000_000;
const { windowMs, least } = deletionLimits;
const waveOf = (count: number, age = 1_000) => Array.from({ length: count }, () => now - age);
const judged = (recent: readonly number[], live: number) =>
  judgeDeletion(recent, now, { live, limits: deletionLimits });

describe('judgeDeletion (law P8)', () => {
  test.each([
    ['the first of a day', [], 400, false],
    ['an ordinary day', waveOf(least - 1), 400, false],
    ['one too many in a small province', waveOf(least), 400, true],
    ['two per cent of a large one', waveOf(99), 5_000, false],
    ['more than two per cent of a large one', waveOf(100), 5_000, true],
    ['a wave of yesterday', waveOf(5_000, windowMs), 400, false],
    ['a wave that just ended', waveOf(least, windowMs - 1), 400, true],
    ['the last namespaces of an empty cluster', waveOf(3), 3, false],
  ])('%s', (_name, recent, live, want) => {
    expect(judged(recent, live).tripped).toBe(want);
  });

  test('says how many and how many would be let through', () => {
    expect(judged(waveOf(20), 400)).toEqual({ tripped: true, count: 21, limit: 10 });
  });

  test('more deletions never calm it, a longer time never trips it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(2 * windowMs)),
        fc.nat(10_000),
        fc.nat(windowMs),
        (ages, live, later) => {
          const recent = ages.map((age) => now - age);
          const tripped = judged(recent, live).tripped;
          if (tripped) expect(judged([...recent, now], live).tripped).toBe(true);
          const waited = judgeDeletion(recent, now + later, { live, limits: deletionLimits });
          if (!tripped) expect(waited.tripped).toBe(false);
        },
      ),
    );
  });
});
