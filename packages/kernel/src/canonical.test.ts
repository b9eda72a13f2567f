import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';

/** The same value with the members of every object put in the opposite order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, shuffled(member)]);
  return Object.fromEntries(members.toReversed());
}

describe('canonicalJson', () => {
  test.each([
    ['sorts members', { b: 1, a: 2 }, '{"a":2,"b":1}'],
    [
      'sorts at every depth',
      { z: { y: 1, x: [{ b: 1, a: 1 }] } },
      '{"z":{"x":[{"a":1,"b":1}],"y":1}}',
    ],
    ['keeps the order of a list', [3, 1, 2], '[3,1,2]'],
    ['leaves out what is undefined', { a: undefined, b: null }, '{"b":null}'],
    ['keeps Chinese as it is', { 理由: '扩容' }, '{"理由":"扩容"}'],
    ['has no spaces', { a: [1, { b: 'c' }] }, '{"a":[1,{"b":"c"}]}'],
    ['takes plain values', null, 'null'],
  ])('%s', (_name, value, want) => {
    expect(canonicalJson(value)).toBe(want);
  });

  test('the order in which members were written never changes the text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test('what comes back from the text has the same text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('different values have different texts', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (left, right) => {
        fc.pre(left !== right);
        expect(canonicalJson({ amount: left })).not.toBe(canonicalJson({ amount: right }));
      }),
    );
  });
});
