import { lockoutRules } from '@yunheng/domain/identity/password';
import { describe, expect, test } from 'vitest';
import { LoginTurns } from './login-turns.ts';

describe('turns at signing in', () => {
  test('come one after the other for one name, in the order of arrival, side by side for two', async () => {
    const turns = new LoginTurns();
    const seen: string[] = [];
    const step = (label: string) => async () => {
      seen.push(`${label} begins`);
      await Promise.resolve();
      seen.push(`${label} ends`);
    };
    await Promise.all([
      turns.inTurn('a', step('a1')),
      turns.inTurn('a', step('a2')),
      turns.inTurn('b', step('b1')),
    ]);
    expect(seen.indexOf('a2 begins')).toBeGreaterThan(seen.indexOf('a1 ends'));
    expect(seen.indexOf('b1 begins')).toBeLessThan(seen.indexOf('a1 ends'));
  });

  test('go on after one that failed, and its caller gets the error', async () => {
    const turns = new LoginTurns();
    const failing = turns.inTurn('a', async () => {
      throw new Error('broken');
    });
    const next = turns.inTurn('a', async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
  });

  test('are refused when too many wait for one name', async () => {
    const turns = new LoginTurns();
    const gate = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 20 }, () => turns.inTurn('a', () => gate.promise));
    await expect(turns.inTurn('a', async () => 'late')).resolves.toBeNull();
    gate.resolve();
    await Promise.all(waiting);
    await expect(turns.inTurn('a', async () => 'later')).resolves.toBe('later');
  });
});

describe('many names at once', () => {
  test('wait in a line of limited length, so that guessing cannot take the machine', async () => {
    const turns = new LoginTurns();
    const gate = Promise.withResolvers<void>();
    const names = Array.from({ length: 300 }, (_, index) => `name-${index}`);
    const attempts = names.map((name) =>
      turns.inTurn(name, () => gate.promise.then(() => 'judged')),
    );
    gate.resolve();
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome === 'judged')).toHaveLength(200);
  });
});

describe('a name that nobody has', () => {
  test('locks after as many failures as one that exists, and opens again', () => {
    const turns = new LoginTurns();
    const failures = Array.from({ length: lockoutRules.failures }, (_, index) =>
      turns.failUnknown('ghost', index),
    );
    expect(failures.every((until) => until === null)).toBe(true);
    const until = turns.failUnknown('ghost', 10);
    expect(until).toBe(lockoutRules.failures - 1 + lockoutRules.lockMs);
    expect(turns.failUnknown('ghost', until ?? 0)).toBeNull();
    expect(turns.failUnknown('another', 10)).toBeNull();
  });
});
