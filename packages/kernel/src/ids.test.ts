import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatId, idPrefixes, isIdOf, type IdKind } from './ids.ts';

const kinds = Object.keys(idPrefixes) as IdKind[]; // keys of a closed object
const kind = fc.constantFrom(...kinds);
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('formatId', () => {
  test('starts with the prefix of its kind and goes on with 26 characters of base32', () => {
    const id = formatId('quotaRequest', 1_764_028_800_000, new Uint8Array(10));
    expect(id).toMatch(/^qr_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  test('every identifier is recognised as its own kind and as no other', () => {
    fc.assert(
      fc.property(kind, instant, random, (own, at, bytes) => {
        const id = formatId(own, at, bytes);
        expect(kinds.filter((other) => isIdOf(other, id))).toEqual([own]);
      }),
    );
  });

  test('identifiers of one kind sort by the time they were made', () => {
    fc.assert(
      fc.property(instant, instant, random, random, (one, other, left, right) => {
        fc.pre(one < other);
        expect(formatId('event', one, left) < formatId('event', other, right)).toBe(true);
      }),
    );
  });

  test('other random bytes give another identifier in the same millisecond', () => {
    const bytes = (last: number) =>
      Uint8Array.from({ length: 10 }, (_, index) => (index === 8 ? last : 7));
    const made = Array.from({ length: 256 }, (_, last) => formatId('hold', 5, bytes(last)));
    expect(new Set(made).size).toBe(256);
  });

  test('fits into a Kubernetes label value', () => {
    fc.assert(
      fc.property(kind, instant, random, (own, at, bytes) => {
        expect(formatId(own, at, bytes)).toMatch(/^[a-z0-9][a-z0-9_.-]{0,61}[a-z0-9]$/);
      }),
    );
  });
});

describe('isIdOf', () => {
  test.each([
    ['another kind', 'usr_00000000000000000000000000'],
    ['too short', 'qr_0000'],
    ['too long', 'qr_000000000000000000000000000'],
    ['upper case', 'qr_0000000000000000000000000A'],
    ['a letter that base32 leaves out', 'qr_0000000000000000000000000l'],
    ['nothing', ''],
    ['SQL', "qr_' or 1=1 --00000000000000"],
  ])('refuses %s', (_name, text) => {
    expect(isIdOf('quotaRequest', text)).toBe(false);
  });

  test('no two kinds share a prefix', () => {
    const prefixes = Object.values(idPrefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
