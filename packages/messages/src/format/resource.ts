import type { Locale } from '../locale.ts';
import type { NumberFormatOptions } from './number.ts';
import { formatIn, formatQuantity, unitWord } from './quantity.ts';
import type { CanonicalUnit, Counted, ShownUnit } from './quantity.ts';

/** How each resource of the catalogue is counted, and the unit of its columns and fields. */
export const resourceDisplay = {
  cpu: { canonical: 'm', column: 'core', counted: 'piece' },
  memory: { canonical: 'MiB', column: 'GiB', counted: 'piece' },
  storage: { canonical: 'MiB', column: 'GiB', counted: 'piece' },
  gpu: { canonical: 'count', column: 'card', counted: 'card' },
  npu: { canonical: 'count', column: 'card', counted: 'card' },
  database: { canonical: 'count', column: 'instance', counted: 'instance' },
} as const satisfies Record<
  string,
  { canonical: CanonicalUnit; column: ShownUnit; counted: Counted }
>;

export type ResourceKey = keyof typeof resourceDisplay;

/** One amount with its unit, in the unit it reads best in: 12.5 核, 1.5 TiB, 8 卡. */
export function formatResource(resource: ResourceKey, amount: number, locale: Locale): string {
  const { canonical, counted } = resourceDisplay[resource];
  return formatQuantity(amount, canonical, { locale, counted });
}

/** The same with a sign, for what a request adds or gives back. */
export function formatResourceChange(
  resource: ResourceKey,
  amount: number,
  locale: Locale,
): string {
  const { canonical, counted } = resourceDisplay[resource];
  return formatQuantity(amount, canonical, { locale, counted, signed: true });
}

/** The figure alone, in the unit of the column. */
export function formatResourceCell(
  resource: ResourceKey,
  amount: number,
  options: NumberFormatOptions = {},
): string {
  return formatIn(amount, resourceDisplay[resource].column, options);
}

/**
 * Writes every amount of one column with the same number of decimals: the fewest that say each of them exactly, as far
 * as the unit is written at all.
 */
export function resourceColumn(
  resource: ResourceKey,
  amounts: readonly number[],
): (amount: number) => string {
  const { column } = resourceDisplay[resource];
  const decimals = Math.max(0, ...amounts.map((amount) => decimalsOf(formatIn(amount, column))));
  return (amount) => formatIn(amount, column, { decimals, fixed: true });
}

const decimalsOf = (figure: string): number => figure.split('.')[1]?.length ?? 0;

export function resourceUnit(resource: ResourceKey, locale: Locale): string {
  return unitWord(resourceDisplay[resource].column, locale);
}
