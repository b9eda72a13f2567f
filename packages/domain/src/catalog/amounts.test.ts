import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coveredBy, equalAmounts, minusAmounts, plusAmounts } from './amounts.ts';
import type { ResourceAmounts } from './resources.ts';

const amounts: fc.Arbitrary<ResourceAmounts> = fc.record(
  { cpu: fc.nat(10 ** 9), memory: fc.nat(10 ** 9), gpu: fc.nat(100) },
  { requiredKeys: [] },
);

describe('amounts by resource', () => {
  test('adding and taking away are inverse', () => {
    fc.assert(
      fc.property(amounts, amounts, (left, right) => {
        expect(equalAmounts(minusAmounts(plusAmounts(left, right), right), left)).toBe(true);
      }),
    );
  });

  test('addition knows no order', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (one, two, three) => {
        expect(plusAmounts(one, two)).toEqual(plusAmounts(two, one));
        expect(plusAmounts(plusAmounts(one, two), three)).toEqual(
          plusAmounts(one, plusAmounts(two, three)),
        );
      }),
    );
  });

  test('a part is covered by its whole, and the whole by the part only when nothing is left', () => {
    fc.assert(
      fc.property(amounts, amounts, (part, rest) => {
        const whole = plusAmounts(part, rest);
        expect(coveredBy(part, whole)).toBe(true);
        expect(coveredBy(whole, part)).toBe(equalAmounts(rest, {}));
      }),
    );
  });

  test('absent and zero are the same amount', () => {
    expect(equalAmounts({ cpu: 0 }, { gpu: 0 })).toBe(true);
    expect(equalAmounts({ cpu: 1 }, {})).toBe(false);
  });

  test('what neither names stays absent: missing is not zero', () => {
    expect(plusAmounts({ cpu: 1 }, { memory: 2 })).toEqual({ cpu: 1, memory: 2 });
  });

  test('taking more than there is shows as a negative amount and is never hidden', () => {
    expect(minusAmounts({ gpu: 1 }, { gpu: 3 })).toEqual({ gpu: -2 });
  });
});
