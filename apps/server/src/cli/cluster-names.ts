import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The clusters that are named, or all that this home has a folder for. */
export function clusterNamesOf(home: string, words: readonly string[]): readonly string[] {
  const folder = join(home, 'clusters');
  if (words.length > 0) return words;
  return existsSync(folder) ? readdirSync(folder) : [];
}
