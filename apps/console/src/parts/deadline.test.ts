import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import { createTexts } from '../text/texts.ts';
import { dueText, urgencyOf } from './deadline.ts';

const texts = createTexts('zh-CN', zh);
const at = (text: string) => Date.parse(`${text}+08:00`);
const now = at('2026-11-25T10:00');
/** A term ends at midnight after its last day. */
const deadline = (midnight: string, workingDaysLeft: number) => ({
  dueAt: at(`${midnight}T00:00`),
  workingDaysLeft,
  beyondCalendar: false,
});

describe('a deadline', () => {
  test.each([
    ['2026-12-01', 3, '剩 3 个工作日·11-30', 'later'],
    ['2026-11-28', 2, '剩 2 个工作日·11-27', 'soon'],
    ['2026-11-26', 0, '今天到期·11-25', 'soon'],
    ['2026-11-25', -1, '超期 1 个工作日·11-24', 'late'],
    ['2026-11-25', 0, '超期·11-24', 'late'],
  ] as const)(
    'that ends before %s with %d working days reads %s',
    (midnight, days, text, urgency) => {
      const due = deadline(midnight, days);
      expect(dueText(due, texts, now)).toBe(text);
      expect(urgencyOf(due, now)).toBe(urgency);
    },
  );

  test('that there is none of is a dash, and never urgent', () => {
    const none = { dueAt: null, workingDaysLeft: null, beyondCalendar: false };
    expect(dueText(none, texts, now)).toBe('—');
    expect(urgencyOf(none, now)).toBe('none');
  });
});
