import { argon2, createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@yunheng/application/ports/secrets';

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP's first choice for argon2id: 19 MiB, two passes. About 60 ms here, off the main thread. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, the form that every other implementation reads too. */
const encoded =
  /^\$argon2id\$v=19\$m=(?<m>\d+),t=(?<t>\d+),p=(?<p>\d+)\$(?<salt>[\w+/]+)\$(?<tag>[\w+/]+)$/u;

/** Judged when there is nobody to judge, so that the answer takes as long. */
const decoy = { salt: Buffer.alloc(16, 7), tag: Buffer.alloc(tagLength, 7), cost };

export function createSecrets(): Secrets {
  return {
    hashPassword,
    verifyPassword,
    newSecret: () => randomBytes(32).toString('base64url'),
    newPassword,
    fingerprint: (secret) => createHash('sha256').update(secret).digest('hex'),
  };
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, { salt, cost });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(salt)}$${plain(tag)}`;
}

async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = hash === null ? null : parse(hash);
  const against = parsed ?? decoy;
  const tag = await derive(password, against);
  return timingSafeEqual(tag, against.tag) && parsed !== null;
}

function parse(hash: string): { salt: Buffer; tag: Buffer; cost: Cost } | null {
  const { m, t, p, salt = '', tag = '' } = encoded.exec(hash)?.groups ?? {};
  if (m === undefined) return null;
  const bytes = Buffer.from(tag, 'base64');
  if (bytes.length !== tagLength) return null;
  return {
    salt: Buffer.from(salt, 'base64'),
    tag: bytes,
    cost: { memory: Number(m), passes: Number(t), parallelism: Number(p) },
  };
}

function derive(password: string, how: { salt: Buffer; cost: Cost }): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  argon2('argon2id', { message, nonce: how.salt, tagLength, ...how.cost }, (error, tag) => {
    message.fill(0);
    if (error === null) resolve(tag);
    else reject(error);
  });
  return promise;
}

const plain = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Without the letters and digits that look alike on paper. */
const readable = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four groups of four, about 93 bits; the dashes count as the third class of characters. */
function newPassword(): string {
  const group = () =>
    Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join('');
  for (;;) {
    const password = [group(), group(), group(), group()].join('-');
    if (/[a-z]/u.test(password) && /[A-Z]/u.test(password) && /\d/u.test(password)) return password;
  }
}
