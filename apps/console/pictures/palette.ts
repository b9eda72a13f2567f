import type { Picture } from './png.ts';

const mostColours = 128;

/**
 * A screen has few colours and many blends of text with its ground. The most frequent colours stay
 * exactly as they are; each other becomes the nearest of them, which nobody sees in the edge of a letter.
 */
export function toPalette({ channels, pixels }: Picture): {
  palette: Uint8Array;
  indexes: Uint8Array;
} {
  const keys = new Uint32Array(pixels.length / channels);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < keys.length; pixel++) {
    const at = pixel * channels;
    const key = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    keys[pixel] = key;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const kept = spread(counts);
  const indexOf = new Map<number, number>();
  for (const key of counts.keys()) indexOf.set(key, nearest(kept, key));
  const palette = new Uint8Array(kept.flatMap((key) => [key >> 16, (key >> 8) & 255, key & 255]));
  return { palette, indexes: Uint8Array.from(keys, (key) => indexOf.get(key) ?? 0) };
}

const tooClose = 90;

/** By frequency, but a colour that is hardly another makes room for one that would be missed. */
function spread(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([key]) => key);
  const exact = byCount.slice(0, mostColours / 4);
  const kept = [...exact];
  for (const key of byCount.slice(exact.length)) {
    if (kept.length === mostColours) break;
    if (kept.every((other) => distance(other, key) > tooClose)) kept.push(key);
  }
  return kept;
}

function nearest(kept: readonly number[], key: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, other] of kept.entries()) {
    const away = distance(other, key);
    if (away < least) {
      least = away;
      best = index;
    }
  }
  return best;
}

/** Squared, with the weights that the eye gives to red, green and blue. */
function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}
