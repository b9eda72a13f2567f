import type { ErrorCode } from '@yunheng/kernel/errors';
import type { Amount } from '@yunheng/kernel/quantity';
import { err, ok, type Result } from '@yunheng/kernel/result';
import type { resources, ResourceName } from './resources.ts';

export type CanonicalUnit = (typeof resources)[ResourceName]['unit'];

/** An amount read from a cluster: exact, or rounded with the text it came as kept beside it (design 7, Units). */
export interface ReadQuantity {
  readonly amount: Amount;
  /** The original text where the amount is rounded; null where nothing was lost. */
  readonly text: string | null;
}

/** Up for what is in use or promised, down for what may be promised: either way nothing is oversold by a rounding. */
export type Rounding = 'up' | 'down';

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryPowers: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

const syntax = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

/** Reads every form that Kubernetes accepts: `12500m`, `64Gi`, `1.5`, `2e3`, `129e6`, `.5Ti`. Exact at any size. */
export function parseQuantityText(text: string): Fraction | null {
  const match = syntax.exec(text);
  if (match === null) return null;
  const [, sign = '', digits = '', exponentText, suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const binary = binaryPowers[suffix];
  const exponent =
    exponentText === undefined ? (decimalExponents[suffix] ?? 0) : Number(exponentText.slice(1));
  const magnitude = BigInt(`${whole}${fraction}` || '0') * 1024n ** BigInt(binary ?? 0);
  const power = (binary === undefined ? exponent : 0) - fraction.length;
  return {
    numerator: (sign === '-' ? -magnitude : magnitude) * 10n ** BigInt(Math.max(power, 0)),
    denominator: 10n ** BigInt(Math.max(-power, 0)),
  };
}

const unitScale: Readonly<Record<CanonicalUnit, Fraction>> = {
  m: { numerator: 1000n, denominator: 1n },
  MiB: { numerator: 1n, denominator: 1_048_576n },
  count: { numerator: 1n, denominator: 1n },
};

/** A quantity's text as an amount of the canonical unit. Refuses what is negative, unreadable or beyond safe integers. */
export function readQuantity(
  text: string,
  unit: CanonicalUnit,
  rounding: Rounding,
): Result<ReadQuantity, ErrorCode> {
  const value = parseQuantityText(text);
  if (value === null) return err('input.invalid');
  if (value.numerator < 0n) return err('quantity.negative');
  const scale = unitScale[unit];
  const numerator = value.numerator * scale.numerator;
  const denominator = value.denominator * scale.denominator;
  const rest = numerator % denominator;
  const rounded = numerator / denominator + (rest > 0n && rounding === 'up' ? 1n : 0n);
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) return err('quantity.too_large');
  return ok({ amount: Number(rounded), text: rest === 0n ? null : text });
}

const decimalSuffixes = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const binarySuffixes = ['Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** The canonical text, the very one that the apiserver gives back: 12500 m is `12500m`, 64000 m is `64`, 65536 MiB is `64Gi`. */
export function printQuantity(amount: Amount, unit: CanonicalUnit): string {
  if (amount === 0) return '0';
  switch (unit) {
    case 'm':
      return reduced(amount, 1000, decimalSuffixes);
    case 'MiB':
      return reduced(amount, 1024, binarySuffixes);
    case 'count':
      return reduced(amount, 1000, decimalSuffixes.slice(1));
  }
}

function reduced(amount: Amount, base: number, suffixes: readonly string[]): string {
  let mantissa = amount;
  let index = 0;
  while (mantissa % base === 0 && index < suffixes.length - 1) {
    mantissa /= base;
    index++;
  }
  return `${mantissa}${suffixes[index] ?? ''}`;
}
