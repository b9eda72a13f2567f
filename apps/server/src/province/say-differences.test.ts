import type { Difference } from '@yunheng/application/estate/province-differences';
import { expect, test } from 'vitest';
import { inWordsOfFile } from './province-file.ts';
import { sayDifferences } from './say-differences.ts';

const differences: readonly Difference[] = [
  { path: 'departments.0.name', item: 'rsj', stored: '人社厅', given: '人社', remedy: 'none' },
  {
    path: 'documents.2.effectiveFrom',
    item: 'calendar 2026 r1',
    stored: Date.parse('2026-01-01T00:00:00+08:00'),
    given: Date.parse('2026-02-01T00:00:00+08:00'),
    remedy: 'new_revision',
  },
];

test('a long list is said by what the file has more and less of it', () => {
  const path = 'documents.0.body.holidays';
  const stored = ['2026-01-01', '2026-10-01', '2026-10-07'];
  const given = ['2026-01-01', '2026-10-01'];
  const one = { path, item: 'calendar r1', stored, given, remedy: 'new_revision' } as const;
  expect(sayDifferences('en', [one])).toContain(
    `  ${path} (calendar r1): the file has — more, and lacks 2026-10-07`,
  );
});

test('differences are said under what can be done about them, and end with what was not done', () => {
  expect(sayDifferences('en', differences.map(inWordsOfFile))).toEqual([
    expect.stringMatching(/^Published .* Raise the revision/u),
    '  documents.2.effectiveFrom (calendar 2026 r1): registered 2026-01-01, in the file 2026-02-01',
    expect.stringMatching(/^Cannot be changed yet/u),
    '  departments.0.name (rsj): registered 人社厅, in the file 人社',
    'The file differs from what is registered in 2 places; none of the above was changed.',
  ]);
  expect(sayDifferences('zh-CN', differences).at(-1)).toBe(
    '文件中有 2 处与已登记的不同，以上都没有改动。',
  );
});
