import { formatNumber } from './number.ts';

/** One decimal; `—` when there is nothing to divide by, never 0. */
export function formatRatio(part: number, whole: number): string {
  return whole <= 0 ? '—' : `${formatNumber((part / whole) * 100, { decimals: 1, fixed: true })}%`;
}

/** Thousandths as overcommit: 2000 is 1 : 2.0. */
export function formatOvercommit(permille: number): string {
  return `1 : ${formatNumber(permille / 1_000, { decimals: 2, fixed: permille % 100 !== 0 }).replace(/^(\d+)$/u, '$1.0')}`;
}
