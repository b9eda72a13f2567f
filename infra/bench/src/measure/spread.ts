import type { Round } from './rounds.ts';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const [min = Number.NaN] = sorted;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? Number.NaN);
  return { median: (lower + upper) / 2, min, max: sorted.at(-1) ?? Number.NaN };
}

/** `ours/peer` of every round by itself, then the middle of them. */
export function ratioOf(rounds: readonly Round[], key: string): Spread {
  const [ours = '', peer = ''] = key.split('/');
  return spreadOf(
    rounds.map(({ samples }) => {
      const above = samples.get(ours)?.rate ?? Number.NaN;
      const below = samples.get(peer)?.rate ?? Number.NaN;
      return above / below;
    }),
  );
}
