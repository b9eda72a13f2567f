import { policy } from '@yunheng/domain/identity/policy';
import { dictionary as en } from '@yunheng/messages/en';
import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import { createTexts } from '../../text/texts.ts';
import { actionOptions, actionWord } from './audit-words.ts';

const chinese = createTexts('zh-CN', zh);

test('every procedure of the policy has a name in both languages, so that no refusal reads as a code', () => {
  const nameless = Object.keys(policy).flatMap((action) =>
    [chinese, createTexts('en', en)].flatMap((texts) =>
      actionWord({ action }, texts) === undefined ? [`${texts.locale} ${action}`] : [],
    ),
  );
  expect(nameless).toEqual([]);
});

describe('the choice of an action', () => {
  test('tells apart what has the same name', () => {
    const labels = actionOptions(chinese, undefined).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toContain('审批');
  });

  test('keeps what the address asks for, although it has no name', () => {
    expect(actionOptions(chinese, 'requests.')[0]).toEqual({
      value: 'requests.',
      label: 'requests.',
    });
  });
});
