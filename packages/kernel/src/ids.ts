import type { Instant } from './clock.ts';

/** Prefix of every identifier, by what it identifies. `req_` is an HTTP request, `qr_` a quota request. */
export const idPrefixes = {
  user: 'usr',
  roleGrant: 'rg',
  session: 'ses',
  token: 'tok',
  revocation: 'rvk',
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

/**
 * 48 bits of time, the version nibble and 78 of the 80 random bits: the content of a UUIDv7 in the 130 bits that 26
 * characters hold. Time comes first and whole, so that identifiers sort by it.
 */
export function formatId(kind: IdKind, at: Instant, random: Uint8Array): string {
  let text = `${idPrefixes[kind]}_${timeText(at)}`;
  // What is left of the version nibble comes before the first random byte.
  let bits = 0b11;
  let count = 2;
  for (let index = 0; index < 10; index++) {
    bits = (bits << 8) | (random[index] ?? 0);
    for (count += 8; count >= 5;) {
      count -= 5;
      text += alphabet[bits >> count] ?? '';
      bits &= (1 << count) - 1;
    }
  }
  return text;
}

/** The first ten characters: 48 bits of time and the upper half of the version nibble, 0111. */
function timeText(at: Instant): string {
  let text = alphabet[((at % 8) << 2) | 0b01] ?? '';
  let rest = Math.floor(at / 8);
  for (let index = 0; index < 9; index++) {
    text = (alphabet[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

const idPattern = /^[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}$/;

/** True when the text has the form of an identifier of that kind; says nothing about existence. */
export function isIdOf(kind: IdKind, text: string): boolean {
  return text.startsWith(`${idPrefixes[kind]}_`) && idPattern.test(text);
}
