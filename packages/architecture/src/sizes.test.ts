import { describe, expect, test } from 'vitest';
import { isTest, sourceFiles } from './repository.ts';

const lines = (text: string): number => text.split('\n').length - 1;
const sized = sourceFiles().map((file) => ({ ...file, lines: lines(file.text) }));
const ascending = sized
  .filter((file) => !isTest(file))
  .map((file) => file.lines)
  .toSorted((a, b) => a - b);
const quantile = (share: number): number => ascending[Math.floor(ascending.length * share)] ?? 0;

// Functions, parameters and complexity are oxlint's part (.oxlintrc.json).
describe('size budgets', () => {
  test('no file is longer than 400 lines', () => {
    const long = sized.filter((file) => file.lines > 400);
    expect(long.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  test('half of the files have at most 100 lines', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(100);
  });

  test('nine of ten files have at most 250 lines', () => {
    expect(quantile(0.9)).toBeLessThanOrEqual(250);
  });
});
