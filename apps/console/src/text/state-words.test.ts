import { dictionary as en } from '@yunheng/messages/en';
import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import { eventWord, requestStateWord, taskStateWord } from './state-words.ts';
import { createTexts } from './texts.ts';

const chinese = createTexts('zh-CN', zh);
const english = createTexts('en', en);

describe('the word of a state', () => {
  test('only an opening is called one', () => {
    expect(requestStateWord(chinese, 'approved', 'new')).toBe('开通中');
    expect(requestStateWord(chinese, 'approved', 'change')).toBe('变更中');
    expect(requestStateWord(chinese, 'approved', 'release')).toBe('释放中');
    expect(requestStateWord(english, 'approved', 'release')).toBe('Being released');
  });

  test('all kinds together are not called by the name of one', () => {
    expect(requestStateWord(chinese, 'approved')).toBe('已批准，办理中');
    expect(requestStateWord(chinese, 'returned')).toBe('退回补正');
  });

  test('a release that waits for its turn waits to be suspended', () => {
    expect(taskStateWord(chinese, 'queued', 'release')).toBe('排队停用');
    expect(taskStateWord(chinese, 'grace', 'release')).toBe('停用，待删除');
    expect(taskStateWord(chinese, 'running', 'restore')).toBe('恢复中');
  });

  test('an event is told of what happens, with its parameters', () => {
    const event = (kind: string) => ({ id: 'evt_1', at: 0, kind, actor: null, params: {} });
    expect(eventWord(chinese, event('task_failed'), 'release')).toBe('释放失败');
    expect(eventWord(chinese, event('task_failed'), 'new')).toBe('开通失败');
    expect(eventWord(chinese, event('submitted'), 'release')).toBe('提交');
  });
});
