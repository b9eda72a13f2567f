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

const length = 26;

/**
 * 48 bits of time, the version nibble and 78 of the 80 random bits: the content of a UUIDv7 in the 130 bits that 26
 * characters hold. Time comes first and whole, so that identifiers sort by it.
 */
export function formatId(kind: IdKind, at: Instant, random: Uint8Array): string {
  let noise = 0n;
  for (let index = 0; index < 10; index++) noise = (noise << 8n) | BigInt(random[index] ?? 0);
  let value = ((((BigInt(at) & 0xffffffffffffn) << 4n) | 0x7n) << 78n) | (noise >> 2n);
  let text = '';
  for (let index = 0; index < length; index++) {
    text = (alphabet[Number(value & 31n)] ?? '0') + text;
    value >>= 5n;
  }
  return `${idPrefixes[kind]}_${text}`;
}

const idPattern = /^[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}$/;

/** True when the text has the form of an identifier of that kind; says nothing about existence. */
export function isIdOf(kind: IdKind, text: string): boolean {
  return text.startsWith(`${idPrefixes[kind]}_`) && idPattern.test(text);
}
