/** Figures are the same in both languages: grouping from 1,000, a point, and U+2212 for minus. */
export const minusSign = '−';

const withFraction = (digits: number, minimum: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: digits, minimumFractionDigits: minimum });

const formats = new Map<string, Intl.NumberFormat>();

export type NumberFormatOptions = {
  /** Most decimals that are written. */
  decimals?: number;
  /** Write all of them, so that a column lines up; else trailing zeros are cut. */
  fixed?: boolean;
  /** Plus before a positive number, for differences. */
  signed?: boolean;
};

export function formatNumber(value: number, options: NumberFormatOptions = {}): string {
  const decimals = options.decimals ?? 0;
  const key = `${decimals}${options.fixed === true ? 'f' : ''}`;
  const format = formats.get(key) ?? withFraction(decimals, options.fixed === true ? decimals : 0);
  formats.set(key, format);
  const written = format.format(Math.abs(value));
  const isZero = !/[1-9]/u.test(written);
  if (isZero) return written;
  if (value < 0) return `${minusSign}${written}`;
  return options.signed === true ? `+${written}` : written;
}

export function formatCount(value: number): string {
  return formatNumber(value);
}
