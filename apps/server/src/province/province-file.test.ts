import { describe, expect, test } from 'vitest';
import { mapGuangdong } from '../demo/guangdong.ts';
import { readProvince, writeProvince } from './province-file.ts';

const province = mapGuangdong({ graceDays: null });
const issuesOf = (value: unknown) => {
  const read = readProvince(JSON.stringify(value));
  return read.ok ? [] : (read.error.issues ?? []).map(({ path, code }) => [path, code]);
};
const asFile = () => JSON.parse(writeProvince(province));

describe('a province in a file', () => {
  test('is read as it was written: the example is the province of the demo', () => {
    expect(readProvince(writeProvince(province))).toEqual({ ok: true, value: province });
  });

  test('says days, which begin at midnight in Shanghai', () => {
    expect(asFile().effectiveFrom).toBe('2026-01-01');
    expect(province.effectiveFrom).toBe(Date.parse('2025-12-31T16:00:00Z'));
  });

  test('names every problem of its form at once, where it stands', () => {
    const file = asFile();
    file.effectiveFrom = '1 January';
    file.departments[0].divisionCode = '44';
    file.systems[1].protectionLevel = 9;
    file.pools[0].overcommitPermille = 1500.5;
    file.documents[0].kind = 'law';
    file.documents[1].body.steps = [];
    file.documents.at(-1).body.endsOn = 'never';
    file.extra = true;
    expect(issuesOf(file)).toEqual([
      ['effectiveFrom', 'input.format'],
      ['departments.0.divisionCode', 'input.format'],
      ['systems.1.protectionLevel', 'input.too_big'],
      ['pools.0.overcommitPermille', 'quantity.not_integer'],
      ['documents.0.kind', 'input.not_allowed'],
      expect.arrayContaining([expect.stringMatching(/^documents\.1\.body/u)]),
      [`documents.${file.documents.length - 1}.body.endsOn`, 'input.format'],
      ['extra', 'input.unknown_field'],
    ]);
  });

  test('that is no JSON says so', () => {
    expect(readProvince('{')).toMatchObject({ ok: false, error: { code: 'input.not_json' } });
  });
});
