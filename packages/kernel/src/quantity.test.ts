import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from './invariant.ts';
import { addAmounts, checkAmount, sumAmounts } from './quantity.ts';

describe('checkAmount', () => {
  test.each([
    ['zero', 0],
    ['one', 1],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER],
  ])('accepts %s', (_name, value) => {
    expect(checkAmount(value)).toEqual({ ok: true, value });
  });

  test.each([
    ['a fraction', 0.5, 'quantity.not_integer'],
    ['a negative number', -1, 'quantity.negative'],
    ['a negative fraction', -0.5, 'quantity.not_integer'],
    ['one beyond the safe range', 2 ** 53, 'quantity.too_large'],
    ['one below the safe range', -(2 ** 53), 'quantity.too_large'],
    ['infinity', Infinity, 'quantity.too_large'],
    ['what is not a number', NaN, 'quantity.too_large'],
  ])('refuses %s', (_name, value, error) => {
    expect(checkAmount(value)).toEqual({ ok: false, error });
  });
});

describe('addAmounts', () => {
  test('is exact or throws, never in between', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (left, right) => {
        const exact = BigInt(left) + BigInt(right);
        if (exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < -BigInt(Number.MAX_SAFE_INTEGER))
          expect(() => addAmounts(left, right)).toThrow(InvariantError);
        else expect(BigInt(addAmounts(left, right))).toBe(exact);
      }),
    );
  });

  test.each([
    ['a fraction', 0.5],
    ['what is not a number', NaN],
    ['infinity', Infinity],
  ])('throws for %s instead of spreading it through the books', (_name, value) => {
    expect(() => addAmounts(1, value)).toThrow(InvariantError);
  });
});

describe('sumAmounts', () => {
  test('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (amounts) => {
        expect(sumAmounts(amounts.toReversed())).toBe(sumAmounts(amounts));
      }),
    );
  });

  test('of nothing is zero', () => {
    expect(sumAmounts([])).toBe(0);
  });
});
