import { describe, expect, test } from 'vitest';
import { findLines, isTest, sourceFiles } from './repository.ts';

const pure = sourceFiles().filter(
  (file) => /^packages\/(kernel|domain|application)\/src\//.test(file.path) && !isTest(file),
);

const forbidden: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'the clock', pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/ },
  { name: 'chance', pattern: /\bMath\.random\(|\bcrypto\.(randomUUID|getRandomValues)\(/ },
  { name: 'the environment', pattern: /\bprocess\.|\bglobalThis\./ },
  { name: 'the machine', pattern: /\bfrom 'node:|\bimport\('node:|\bfetch\(/ },
  { name: 'timers', pattern: /\bset(Timeout|Interval|Immediate)\(/ },
];

describe('kernel, domain and application', () => {
  test.each(forbidden)('read $name through a port only', ({ pattern }) => {
    const code = findLines(pure, pattern).filter(({ text }) => !/^(\/\/|\*|\/\*)/.test(text));
    expect(code).toEqual([]);
  });
});
