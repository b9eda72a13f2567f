import { lockoutRules } from '@yunheng/domain/identity/password';
import { describe, expect, test } from 'vitest';
import { LoginTurns } from './login-turns.ts';

/** A name, each from an address of its own unless said. */
const from = (name: string, source = `10.0.0.${name}`) => ({ name, source });

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
      turns.inTurn(from('a'), step('a1')),
      turns.inTurn(from('a'), step('a2')),
      turns.inTurn(from('b'), step('b1')),
    ]);
    expect(seen.indexOf('a2 begins')).toBeGreaterThan(seen.indexOf('a1 ends'));
    expect(seen.indexOf('b1 begins')).toBeLessThan(seen.indexOf('a1 ends'));
  });

  test('go on after one that failed, and its caller gets the error', async () => {
    const turns = new LoginTurns();
    const failing = turns.inTurn(from('a'), async () => {
      throw new Error('broken');
    });
    const next = turns.inTurn(from('a'), async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toEqual({ ok: true, value: 'fine' });
  });

  test('are refused when too many wait for one name', async () => {
    const turns = new LoginTurns();
    const gate = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 20 }, () => turns.inTurn(from('a'), () => gate.promise));
    await expect(turns.inTurn(from('a'), async () => 'late')).resolves.toMatchObject({
      ok: false,
      error: { code: 'rate.limited' },
    });
    gate.resolve();
    await Promise.all(waiting);
    await expect(turns.inTurn(from('a'), async () => 'later')).resolves.toMatchObject({
      value: 'later',
    });
  });
});

describe('many names at once', () => {
  const flood = (turns: LoginTurns, count: number, sourceOf: (index: number) => string) => {
    const gate = Promise.withResolvers<void>();
    const attempts = Array.from({ length: count }, (_, index) =>
      turns.inTurn({ name: `name-${index}`, source: sourceOf(index) }, () => gate.promise),
    );
    const end = async () => {
      gate.resolve();
      return (await Promise.all(attempts)).map((turn) => (turn.ok ? 'judged' : turn.error.code));
    };
    return { end };
  };

  test('wait in a line of limited length, so that guessing cannot take the machine', async () => {
    const codes = await flood(new LoginTurns(), 300, (index) => `10.0.1.${index}`).end();
    expect(codes.filter((code) => code === 'judged')).toHaveLength(200);
    expect(codes.filter((code) => code === 'rate.limited')).toHaveLength(100);
  });

  test('from one source take half of it, and the refusal says whose flood it is', async () => {
    const codes = await flood(new LoginTurns(), 300, () => '10.0.0.66').end();
    expect(codes.filter((code) => code === 'judged')).toHaveLength(100);
    expect(codes.filter((code) => code === 'rate.source')).toHaveLength(200);
  });

  test('from ten sources leave room for an eleventh', async () => {
    const turns = new LoginTurns();
    const { end } = flood(turns, 2_000, (index) => `10.0.0.${index % 10}`);
    const eleventh = turns.inTurn(from('somebody', '10.9.9.9'), async () => 'judged');
    await end();
    expect(await eleventh).toEqual({ ok: true, value: 'judged' });
  });

  test('from one /64 of IPv6 are one source', async () => {
    const codes = await flood(new LoginTurns(), 300, (index) => `2001:db8:0:7::${index}`).end();
    expect(codes.filter((code) => code === 'rate.source')).toHaveLength(200);
  });

  test('nobody waits behind the whole line of somebody else', async () => {
    const turns = new LoginTurns();
    const seen: string[] = [];
    const attempt = (source: string) => async () => {
      await Promise.resolve();
      seen.push(source);
    };
    const many = Array.from({ length: 90 }, (_, index) =>
      turns.inTurn(from(`name-${index}`, 'many'), attempt('many')),
    );
    await turns.inTurn(from('one', 'one'), attempt('one'));
    expect(seen.indexOf('one')).toBeLessThan(10);
    await Promise.all(many);
    expect(seen).toHaveLength(91);
  });

  test('leave nothing behind', async () => {
    const turns = new LoginTurns();
    for (let round = 0; round < 3; round++) {
      const codes = await flood(turns, 300, () => 'again').end();
      expect(codes.filter((code) => code === 'judged')).toHaveLength(100);
    }
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
