import type { ErrorCode } from './errors.ts';
import { invariant } from './invariant.ts';
import { err, ok, type Result } from './result.ts';

/**
 * A whole number of a resource's canonical unit (law L3): millicores, MiB, count.
 * A safe integer: ten provinces' memory in MiB stays a thousand times below 2^53, and beyond is refused.
 */
export type Amount = number;

export function addAmounts(left: Amount, right: Amount): Amount {
  const sum = left + right;
  invariant(Number.isSafeInteger(sum), 'an amount left the safe range');
  return sum;
}

export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = 0;
  for (const amount of amounts) sum = addAmounts(sum, amount);
  return sum;
}

/** Checks an amount that came from outside: a whole, non-negative, safe integer. */
export function checkAmount(value: number): Result<Amount, ErrorCode> {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return err('quantity.too_large');
  if (!Number.isInteger(value)) return err('quantity.not_integer');
  if (value < 0) return err('quantity.negative');
  return ok(value);
}
