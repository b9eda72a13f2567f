import { describe, expect, test } from 'vitest';
import { filesUnder, read } from './repository.ts';

const folder = 'packages/architecture/decisions';
const files = filesUnder(folder).toSorted();
const headings = ['Context', 'Decision', 'Consequences', 'Alternatives', 'Enforced by'];

describe('decisions', () => {
  test('are numbered from 0001 without a gap', () => {
    const numbers = files.map((path) => Number(path.slice(folder.length + 1).slice(0, 4)));
    expect(numbers).toEqual(files.map((_, index) => index + 1));
  });

  test.each(files)('%s has its five parts in order', (path) => {
    const found = [...read(path).matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(found).toEqual(headings);
  });

  test.each(files)('%s fits on one page', (path) => {
    expect(read(path).split('\n').length).toBeLessThanOrEqual(60);
  });

  test.each(files)('%s names checks that exist', (path) => {
    const enforced = read(path).split('## Enforced by')[1] ?? '';
    const named = [
      ...enforced.matchAll(/`((?:apps|packages|infra)\/[^`]+|\.[a-z-]+\.(?:cjs|json))`/g),
    ];
    const missing = named.map((match) => match[1] ?? '').filter((file) => !exists(file));
    expect(missing).toEqual([]);
  });
});

function exists(path: string): boolean {
  try {
    return read(path) !== '';
  } catch {
    return false; // the test reports the name
  }
}
