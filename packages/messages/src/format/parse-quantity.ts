import type { ShownUnit } from './quantity.ts';

/** What a suffix is worth in the canonical unit: millicores for cores, MiB for sizes, one for counts. */
const suffixes: Readonly<Record<'core' | 'size' | 'count', Readonly<Record<string, number>>>> = {
  core: { '': 1_000, m: 1, 核: 1_000, c: 1_000, core: 1_000, cores: 1_000, k: 1_000_000 },
  size: { mi: 1, mib: 1, gi: 1_024, gib: 1_024, ti: 1_048_576, tib: 1_048_576 },
  count: { '': 1, 卡: 1, 个: 1, 实例: 1, card: 1, cards: 1, instance: 1, instances: 1 },
};

const bare: Readonly<Record<ShownUnit, number>> = {
  core: 1_000,
  MiB: 1,
  GiB: 1_024,
  TiB: 1_048_576,
  card: 1,
  instance: 1,
  piece: 1,
};

function family(unit: ShownUnit): 'core' | 'size' | 'count' {
  if (unit === 'core') return 'core';
  return unit === 'MiB' || unit === 'GiB' || unit === 'TiB' ? 'size' : 'count';
}

const written = /^([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d+)?(\.\d+)?\s*(\p{L}*)$/u;

/**
 * Reads what people type into a field of the given unit: `1,024`, `1.5`, `1 Ti`, `500m`, full-width digits.
 * Answers the canonical amount, or undefined when the text has no such amount as a whole number.
 * Decimal units (GB, TB) are refused on purpose: they are not GiB, and guessing would cost seven per cent.
 */
export function parseQuantity(text: string, unit: ShownUnit): number | undefined {
  const match = written.exec(text.normalize('NFKC').replace('−', '-').trim());
  if (match === null) return undefined;
  const [, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const factor = suffix === '' ? bare[unit] : suffixes[family(unit)][suffix.toLowerCase()];
  if (factor === undefined) return undefined;
  return exactProduct(`${whole.replaceAll(',', '')}${fraction}`, factor);
}

/** Multiplies in integers, so that 0.1 core is one hundred millicores and nothing near it. */
function exactProduct(decimal: string, factor: number): number | undefined {
  const [whole = '', fraction = ''] = decimal.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const digits = BigInt(`${whole === '' || whole === '+' || whole === '-' ? `${whole}0` : whole}`);
  const negative = whole.startsWith('-');
  const part = fraction === '' ? 0n : BigInt(fraction);
  const product = (digits * scale + (negative ? -part : part)) * BigInt(factor);
  if (product % scale !== 0n) return undefined;
  const amount = Number(product / scale);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
