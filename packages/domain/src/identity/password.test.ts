import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  isLocked,
  lockoutRules,
  noFailures,
  passwordRules,
  passwordWeaknesses,
  type LockoutState,
} from './password.ts';

describe('passwordWeaknesses', () => {
  test.each([
    ['four classes', 'Rowing-7-boats', []],
    ['three classes without signs', 'Rowing7boatsNow', []],
    ['three classes without upper case', 'rowing-7-boats-x', []],
    ['Cyrillic letters count as letters', 'Весло-7-лодок', []],
    ['eleven characters', 'Rowing-7-bo', ['too_short']],
    ['exactly twelve', 'Rowing-7-boa', []],
    ['two classes', 'rowing seven boats', ['too_few_classes']],
    ['digits only', '490283750284', ['too_few_classes']],
    ['the account name inside', 'Xx-rsj-head-2026', ['contains_username']],
    ['the account name in other case', 'Xx-RSJ-Head-2026', ['contains_username']],
    ['a common stem', 'Password-2026-x', ['common']],
    ['a keyboard row', 'Qwerty-ZXC-77-b', ['common']],
    ['the product itself', 'Yunheng-9-roof', ['common']],
    ['one character over and over', 'AAAAaaaa1111', ['common']],
    ['nothing', '', ['too_short', 'too_few_classes', 'common']],
    ['too long', `Aa1-${'xyzuvw'.repeat(50)}`, ['too_long']],
  ])('%s', (_name, password, want) => {
    expect(passwordWeaknesses(password, 'rsj-head')).toEqual(want);
  });

  test('counts characters and not UTF-16 units, so that twelve emoji are twelve', () => {
    const eleven = `${'😀😁😂🤣😃'.repeat(2)}😄`;
    expect(passwordWeaknesses(eleven, 'rsj-head')).toContain('too_short');
    expect(passwordWeaknesses(`${eleven}😅`, 'rsj-head')).not.toContain('too_short');
  });

  test('a name too short to mean anything does not forbid half the alphabet', () => {
    expect(passwordWeaknesses('Rowing-7-boats', 'bo')).toEqual([]);
  });

  test('making a password longer never makes it too short', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (start, more) => {
        const was = passwordWeaknesses(start, 'rsj-head').includes('too_short');
        const is = passwordWeaknesses(start + more, 'rsj-head').includes('too_short');
        expect(is && !was).toBe(false);
      }),
    );
  });

  test('never says the password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (password) => {
        fc.pre(!['too_short', 'common'].some((word) => word.includes(password)));
        expect(JSON.stringify(passwordWeaknesses(password, 'rsj-head'))).not.toContain(password);
      }),
    );
  });

  test('asks for at least what GB/T 22239 level three is read to ask', () => {
    expect(passwordRules.minimum).toBeGreaterThanOrEqual(12);
    expect(passwordRules.classes).toBeGreaterThanOrEqual(3);
  });
});

const minute = 60_000;
const failures = (count: number, from: LockoutState, at: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => at(index)).reduce(afterFailure, from);

describe('lockout', () => {
  test('four failures leave the account open, the fifth locks it for fifteen minutes', () => {
    const four = failures(4, noFailures, (index) => index * minute);
    expect(isLocked(four, 4 * minute)).toBe(false);
    const five = afterFailure(four, 4 * minute);
    expect(five.lockedUntil).toBe(4 * minute + lockoutRules.lockMs);
    expect(isLocked(five, 5 * minute)).toBe(true);
  });

  test('the lock ends at its very instant: half-open', () => {
    const locked = failures(5, noFailures, () => 0);
    expect(isLocked(locked, lockoutRules.lockMs - 1)).toBe(true);
    expect(isLocked(locked, lockoutRules.lockMs)).toBe(false);
  });

  test('failures count inside one window from the first of them', () => {
    const four = failures(4, noFailures, () => 0);
    const late = afterFailure(four, lockoutRules.windowMs);
    expect(late).toEqual({
      failedLogins: 1,
      firstFailedAt: lockoutRules.windowMs,
      lockedUntil: null,
    });
  });

  test('trying on a locked account does not lock it for longer', () => {
    const locked = failures(5, noFailures, () => 0);
    expect(failures(100, locked, (index) => index * 1000)).toEqual(locked);
  });

  test('after the lock five more tries are there, not one', () => {
    const locked = failures(5, noFailures, () => 0);
    const again = failures(4, locked, () => lockoutRules.lockMs);
    expect(isLocked(again, lockoutRules.lockMs + 1)).toBe(false);
    expect(isLocked(afterFailure(again, lockoutRules.lockMs), lockoutRules.lockMs + 1)).toBe(true);
  });

  test('the right password forgets all failures', () => {
    expect(afterSuccess()).toEqual({ failedLogins: 0, firstFailedAt: null, lockedUntil: null });
  });

  test('however the tries are spread, no fifteen minutes see more than five of them judged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 * minute }), { minLength: 1, maxLength: 60 }),
        (gaps) => {
          let state = noFailures;
          let now = 0;
          const judged: number[] = [];
          for (const gap of gaps) {
            now += gap;
            if (!isLocked(state, now)) judged.push(now);
            state = afterFailure(state, now);
          }
          // Five tries, a lock of fifteen minutes, five tries: any six judged in a row span the lock.
          const spans = judged.slice(10).map((at, index) => at - (judged[index] ?? 0));
          for (const span of spans) expect(span).toBeGreaterThanOrEqual(lockoutRules.lockMs);
        },
      ),
    );
  });
});
