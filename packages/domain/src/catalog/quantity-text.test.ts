import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseQuantityText,
  printQuantity,
  readQuantity,
  type CanonicalUnit,
} from './quantity-text.ts';

const amountOf = (text: string, unit: CanonicalUnit, rounding: 'up' | 'down' = 'up') => {
  const read = readQuantity(text, unit, rounding);
  return read.ok ? read.value : read.error;
};
const exact = (amount: number) => ({ amount, text: null });
const rounded = (amount: number, text: string) => ({ amount, text });
const unit = fc.constantFrom<CanonicalUnit>('m', 'MiB', 'count');

describe('readQuantity', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['12500m', 12_500],
    ['12.5', 12_500],
    ['.5', 500],
    ['2.', 2_000],
    ['64k', 64_000_000],
    ['1e3', 1_000_000],
    ['15E-1', 1_500],
    ['+4', 4_000],
    ['1500000u', 1_500],
    ['2000000000n', 2_000],
  ])('cpu %s is %i millicores', (text, want) => {
    expect(amountOf(text, 'm')).toEqual(exact(want));
  });

  test.each([
    ['64Gi', 65_536],
    ['1Mi', 1],
    ['1.5Gi', 1_536],
    ['1024Ki', 1],
    ['1048576', 1],
    ['1073741824', 1_024],
    ['2Ti', 2_097_152],
    ['19Pi', 20_401_094_656],
    ['1Ei', 1_099_511_627_776],
    ['1073741824000m', 1_024],
  ])('memory %s is %i MiB', (text, want) => {
    expect(amountOf(text, 'MiB')).toEqual(exact(want));
  });

  test.each([
    ['1', 1],
    ['512', 512],
    ['2k', 2_000],
    ['4000m', 4],
  ])('count %s is %i', (text, want) => {
    expect(amountOf(text, 'count')).toEqual(exact(want));
  });

  test.each([
    ['100M', 'MiB', 96, 95],
    ['16Gi', 'MiB', 16_384, 16_384],
    ['32873580Ki', 'MiB', 32_104, 32_103],
    ['1', 'MiB', 1, 0],
    ['0.0001', 'm', 1, 0],
    ['1500u', 'm', 2, 1],
    ['500m', 'count', 1, 0],
  ] as const)('%s in %s is %i rounded up and %i rounded down', (text, of, up, down) => {
    const keeps = up === down ? null : text;
    expect(amountOf(text, of, 'up')).toEqual({ amount: up, text: keeps });
    expect(amountOf(text, of, 'down')).toEqual({ amount: down, text: keeps });
  });

  test('keeps the text of what it rounded, so that nothing is lost', () => {
    expect(amountOf('129e6', 'MiB')).toEqual(rounded(124, '129e6'));
  });

  test.each([
    ['nothing', '', 'input.invalid'],
    ['a word', 'plenty', 'input.invalid'],
    ['only a suffix', 'Gi', 'input.invalid'],
    ['an unknown suffix', '5Xi', 'input.invalid'],
    ['a lower-case binary suffix', '5gi', 'input.invalid'],
    ['spaces', '5 Gi', 'input.invalid'],
    ['a space around', ' 5', 'input.invalid'],
    ['two points', '1.2.3', 'input.invalid'],
    ['suffix and exponent', '1e3k', 'input.invalid'],
    ['hexadecimal', '0x10', 'input.invalid'],
    ['full-width digits', '５', 'input.invalid'],
    ['an exponent that would fill the memory', '1e99999999', 'input.invalid'],
    ['negative', '-1', 'quantity.negative'],
    ['beyond the safe range', '1e30', 'quantity.too_large'],
    ['one above the safe range', '9007199254740992', 'quantity.too_large'],
  ])('refuses %s', (_name, text, error) => {
    expect(amountOf(text, 'count')).toBe(error);
  });

  test('takes the largest safe integer', () => {
    expect(amountOf(String(Number.MAX_SAFE_INTEGER), 'count')).toEqual(
      exact(Number.MAX_SAFE_INTEGER),
    );
  });

  test('minus zero is zero', () => {
    expect(amountOf('-0', 'm')).toEqual(exact(0));
  });
});

describe('printQuantity', () => {
  test.each([
    [0, 'm', '0'],
    [1, 'm', '1m'],
    [12_500, 'm', '12500m'],
    [64_000, 'm', '64'],
    [64_000_000, 'm', '64k'],
    [100_000_000, 'm', '100k'],
    [4_500_000, 'm', '4500'],
    [1, 'MiB', '1Mi'],
    [65_536, 'MiB', '64Gi'],
    [1_536, 'MiB', '1536Mi'],
    [2_097_152, 'MiB', '2Ti'],
    [1_024 ** 5, 'MiB', '1024Ei'],
    [8, 'count', '8'],
    [1_000, 'count', '1k'],
    [1_500, 'count', '1500'],
  ] as const)('%i %s is %s, as the apiserver writes it', (amount, of, want) => {
    expect(printQuantity(amount, of)).toBe(want);
  });

  test('what is printed reads back as the same amount, with nothing rounded', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), unit, (amount, of) => {
        expect(amountOf(printQuantity(amount, of), of)).toEqual(exact(amount));
      }),
    );
  });

  test('different amounts have different texts', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), unit, (left, right, of) => {
        fc.pre(left !== right);
        expect(printQuantity(left, of)).not.toBe(printQuantity(right, of));
      }),
    );
  });

  test('no shorter suffix would do: the mantissa of a printed text cannot be divided further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), unit, (amount, of) => {
        const [, mantissa = '', suffix = ''] = /^(\d+)(.*)$/.exec(printQuantity(amount, of)) ?? [];
        const base = of === 'MiB' ? 1_024 : 1_000;
        expect(suffix === 'Ei' || suffix === 'E' || Number(mantissa) % base !== 0).toBe(true);
      }),
    );
  });
});

describe('any text that Kubernetes could write', () => {
  const number = fc
    .tuple(fc.nat(10 ** 9), fc.option(fc.nat(999), { nil: null }))
    .map(([whole, part]) => (part === null ? String(whole) : `${whole}.${part}`));
  const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti', 'e2', 'E3', 'u');
  const text = fc.tuple(number, suffix).map((parts) => parts.join(''));

  test('rounding up and down enclose the exact value and differ by at most one', () => {
    fc.assert(
      fc.property(text, unit, (drawn, of) => {
        const up = readQuantity(drawn, of, 'up');
        const down = readQuantity(drawn, of, 'down');
        if (!up.ok || !down.ok) return;
        const gap = up.value.amount - down.value.amount;
        expect(gap === 0 || gap === 1).toBe(true);
        expect(gap === 0).toBe(up.value.text === null);
      }),
    );
  });

  test('reading is exact: the fraction times its denominator is the numerator', () => {
    fc.assert(
      fc.property(text, (drawn) => {
        const value = parseQuantityText(drawn);
        expect(value).not.toBeNull();
        expect((value?.denominator ?? 0n) > 0n).toBe(true);
      }),
    );
  });

  test('a text as long as a page is answered at once', () => {
    expect(amountOf(`${'9'.repeat(100_000)}x`, 'm')).toBe('input.invalid');
  });

  test('reading any text at all never throws', () => {
    fc.assert(
      fc.property(fc.string(), unit, (drawn, of) => {
        expect(typeof readQuantity(drawn, of, 'up').ok).toBe('boolean');
      }),
    );
  });
});
