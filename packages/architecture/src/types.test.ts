import { describe, expect, test } from 'vitest';
import { findLines, sourceFiles } from './repository.ts';

const typed = sourceFiles().filter(
  ({ path }) => /\.tsx?$/.test(path) && !path.includes('architecture/'),
);
/** Drizzle's two dialects have no common type: their words, the SQLite reader and what wraps its session cast for all. */
const seam = /^packages\/db\/src\/(columns\/|sqlite\/reader\.ts|faults\/translated\.ts)/;

describe('types stay honest', () => {
  test('nothing is typed any outside the dialect seam', () => {
    const files = typed.filter(({ path }) => !seam.test(path));
    const found = findLines(files, /(:|\bas|<|\||,) ?any\b(?! [a-z])/);
    expect(found.filter(({ text }) => !/^(\/\/|\*|\/\*)/.test(text))).toEqual([]);
  });

  test('every suppression says why on the same line', () => {
    const suppressions = findLines(typed, /(oxlint|eslint)-disable|@ts-(ignore|expect-error)/);
    expect(suppressions.filter(({ text }) => !/ -- \S|@ts-expect-error \S/.test(text))).toEqual([]);
  });

  test('nothing is cast through unknown outside the dialect seam and tests', () => {
    const files = typed.filter(({ path }) => !seam.test(path) && !path.includes('.test.'));
    expect(findLines(files, /as unknown as/)).toEqual([]);
  });
});
