import { passwordWeaknesses } from '@yunheng/domain/identity/password';
import { describe, expect, test } from 'vitest';
import { createSecrets } from './passwords.ts';

const secrets = createSecrets();

describe('a password', () => {
  test('is kept as argon2id with its own salt, and judged right and wrong', async () => {
    const [one, two] = await Promise.all([
      secrets.hashPassword('口令-Abc-1'),
      secrets.hashPassword('口令-Abc-1'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/u);
    expect(one).not.toBe(two);
    expect(await secrets.verifyPassword('口令-Abc-1', one)).toBe(true);
    expect(await secrets.verifyPassword('口令-Abc-2', one)).toBe(false);
  });

  test('is the same password however its accents are composed', async () => {
    const hash = await secrets.hashPassword('Caf\u00e9-Password-1');
    expect(await secrets.verifyPassword('Cafe\u0301-Password-1', hash)).toBe(true);
  });

  test.each([null, '', 'not a hash', '$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA'])(
    'never matches %j',
    async (hash) => {
      expect(await secrets.verifyPassword('anything', hash)).toBe(false);
      expect(await secrets.verifyPassword('', hash)).toBe(false);
    },
  );

  test('takes as long to judge for a name that nobody has', async () => {
    const hash = await secrets.hashPassword('x');
    const known: number[] = [];
    const unknown: number[] = [];
    // Alternating, so that what else runs on the machine falls on both alike.
    for (let round = 0; round < 11; round++) {
      known.push(await timeOf(hash));
      unknown.push(await timeOf(null));
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });
});

describe('a one-time password', () => {
  test('passes the rules for passwords and is never the same', () => {
    const made = Array.from({ length: 200 }, () => secrets.newPassword());
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(passwordWeaknesses(password, 'operator')).toEqual([]);
  });
});

describe('a secret', () => {
  test('has 256 bits, is safe in a header, and is kept as a digest', () => {
    const secret = secrets.newSecret();
    expect(secret).toMatch(/^[\w-]{43}$/u);
    expect(secrets.fingerprint(secret)).toMatch(/^[\da-f]{64}$/u);
    expect(secrets.fingerprint(secret)).toBe(secrets.fingerprint(secret));
  });
});

async function timeOf(hash: string | null): Promise<number> {
  const start = performance.now();
  await secrets.verifyPassword('wrong', hash);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
