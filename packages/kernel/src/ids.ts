import type { Instant } from './clock.ts';

/** Prefix of every identifier, by what it identifies. `req_` is an HTTP request, `qr_` a quota request. */
export const idPrefixes = {
  user: 'usr',
  roleGrant: 'rg',
  session: 'ses',
  token: 'tok',
  tenant: 'ten',
  department: 'dep',
  system: 'sys',
  cloudNode: 'cn',
  cluster: 'cl',
  pool: 'pool',
  catalogItem: 'cat',
  policy: 'pol',
  quotaRequest: 'qr',
  requestLine: 'ln',
  step: 'stp',
  decision: 'dec',
  hold: 'hld',
  grant: 'qg',
  allocation: 'alc',
  task: 'tsk',
  transfer: 'trf',
  outbox: 'out',
  notice: 'ntc',
  event: 'evt',
  audit: 'aud',
  httpRequest: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Makes identifiers: prefix and UUIDv7 in lower-case Crockford base32. Sorted by time, never guessable, never reused. */
export interface Ids {
  next(kind: IdKind): string;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** UUIDv7 of an instant and 10 random bytes, as 26 characters of base32. */
export function formatId(kind: IdKind, at: Instant, random: Uint8Array): string {
  let value = BigInt(at) & 0xffffffffffffn;
  value = (value << 4n) | 0x7n;
  for (let index = 0; index < 10; index++) value = (value << 8n) | BigInt(random[index] ?? 0);
  value &= (1n << 130n) - 1n;
  let text = '';
  for (let index = 0; index < 27; index++) {
    text = (alphabet[Number(value & 31n)] ?? '0') + text;
    value >>= 5n;
  }
  return `${idPrefixes[kind]}_${text.slice(1)}`;
}

const idPattern = /^[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}$/;

/** True when the text has the form of an identifier of that kind; says nothing about existence. */
export function isIdOf(kind: IdKind, text: string): boolean {
  return text.startsWith(`${idPrefixes[kind]}_`) && idPattern.test(text);
}
