import type { Locale } from '../locale.ts';
import { formatNumber } from './number.ts';
import type { NumberFormatOptions } from './number.ts';

/** Canonical units of the ledger: millicores, MiB, pieces. Amounts in them are safe integers. */
export type CanonicalUnit = 'm' | 'MiB' | 'count';

/** What a count counts. */
export type Counted = 'card' | 'instance' | 'piece';

export type ShownUnit = 'core' | 'MiB' | 'GiB' | 'TiB' | Counted;

export type ShownQuantity = { figure: string; unit: string };

const divisor: Readonly<Record<ShownUnit, number>> = {
  core: 1_000,
  MiB: 1,
  GiB: 1_024,
  TiB: 1_048_576,
  card: 1,
  instance: 1,
  piece: 1,
};
const decimals: Readonly<Record<ShownUnit, number>> = {
  core: 3,
  MiB: 0,
  GiB: 2,
  TiB: 2,
  card: 0,
  instance: 0,
  piece: 0,
};

const unitWords: Readonly<Record<Locale, Readonly<Record<ShownUnit, string>>>> = {
  'zh-CN': {
    core: '核',
    MiB: 'MiB',
    GiB: 'GiB',
    TiB: 'TiB',
    card: '卡',
    instance: '实例',
    piece: '个',
  },
  en: {
    core: 'cores',
    MiB: 'MiB',
    GiB: 'GiB',
    TiB: 'TiB',
    card: 'cards',
    instance: 'instances',
    piece: '',
  },
};

export function unitWord(unit: ShownUnit, locale: Locale): string {
  return unitWords[locale][unit];
}

/** The unit a single amount reads best in. A column chooses once for all its rows instead. */
export function bestUnit(
  amount: number,
  unit: CanonicalUnit,
  counted: Counted = 'piece',
): ShownUnit {
  if (unit === 'm') return 'core';
  if (unit === 'count') return counted;
  const size = Math.abs(amount);
  // TiB only where two decimals say it exactly; a rounded promise would be another promise.
  if (size >= divisor.TiB && (size * 100) % divisor.TiB === 0) return 'TiB';
  return size === 0 || size >= divisor.GiB ? 'GiB' : 'MiB';
}

/** The figure without its unit, for a cell under a head that names the unit. */
export function formatIn(
  amount: number,
  unit: ShownUnit,
  options: NumberFormatOptions = {},
): string {
  return formatNumber(amount / divisor[unit], { decimals: decimals[unit], ...options });
}

export type QuantityOptions = NumberFormatOptions & {
  locale: Locale;
  counted?: Counted | undefined;
  /** Write in this unit instead of the one it reads best in. */
  unit?: ShownUnit | undefined;
};

export function showQuantity(
  amount: number,
  unit: CanonicalUnit,
  options: QuantityOptions,
): ShownQuantity {
  const { locale, counted, unit: chosen, ...format } = options;
  const shown = chosen ?? bestUnit(amount, unit, counted);
  return { figure: formatIn(amount, shown, format), unit: unitWord(shown, locale) };
}

export function formatQuantity(
  amount: number,
  unit: CanonicalUnit,
  options: QuantityOptions,
): string {
  const shown = showQuantity(amount, unit, options);
  return shown.unit === '' ? shown.figure : `${shown.figure} ${shown.unit}`;
}
