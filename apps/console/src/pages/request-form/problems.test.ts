import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import { createTexts } from '../../text/texts.ts';
import { emptyForm } from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';
import { fromIssues, problemsOf } from './problems.ts';

const texts = createTexts('zh-CN', zh);
const inputs: Inputs = {
  catalog: [
    {
      itemVersionId: 'cat_cpu',
      code: 'cpu-x86',
      nameZh: '计算（x86）',
      nameEn: 'Compute (x86)',
      resource: 'cpu',
      unit: 'm',
      arch: 'x86-64',
      poolClass: null,
      min: 1_000,
      step: 500,
    },
  ],
  offers: {
    at: 1,
    nodes: [
      {
        id: 'cn_1',
        code: 'sz',
        name: '深圳',
        tier: 'city',
        offers: [{ arch: 'x86-64', poolClass: 'general', free: { cpu: 96_000 } }],
      },
    ],
  },
  allocations: [],
};
const aForm = (over: Partial<FormState>): FormState => ({
  ...emptyForm,
  systemId: 'sys_1',
  cloudNodeId: 'cn_1',
  reason: '高峰',
  lines: [{ key: 7, itemVersionId: 'cat_cpu', pool: 'x86-64/general', amount: 8_000, text: '8' }],
  ...over,
});
const told = (form: FormState) =>
  problemsOf(form, inputs, texts).map((problem) => `${problem.fieldId} ${problem.text}`);

describe('problems of the form', () => {
  test('none when it may be submitted', () => {
    expect(told(aForm({}))).toEqual([]);
  });

  test('all at once, in the order of the page', () => {
    const line = { key: 7, itemVersionId: 'cat_cpu', pool: '', amount: undefined, text: '' };
    expect(told(aForm({ systemId: '', cloudNodeId: '', reason: ' ', lines: [line] }))).toEqual([
      'field-system 选择信息系统',
      'field-node 选择云节点',
      'field-reason 写明用途',
      'line-7-amount 计算（x86）：填写数量，例如 64 或 1,024',
    ]);
  });

  test('what a rule says stands at the field that it is about', () => {
    const line = {
      key: 7,
      itemVersionId: 'cat_cpu',
      pool: 'x86-64/general',
      amount: 500,
      text: '',
    };
    expect(told(aForm({ lines: [line] }))).toEqual([
      'line-7-amount 计算（x86）：数量太小，最少 1 核。',
    ]);
  });

  test('what is no whole number of the smallest unit is told apart from what is no number', () => {
    const typed = (text: string) =>
      told(aForm({ lines: [{ ...aForm({}).lines[0], text, amount: undefined } as FormLine] }));
    expect(typed('1.2345')).toEqual(['line-7-amount 计算（x86）：数量要按 0.5 核的整数倍填写。']);
    expect(typed('八')).toEqual(['line-7-amount 计算（x86）：填写数量，例如 64 或 1,024']);
  });

  test('a form without lines asks for one', () => {
    expect(told(aForm({ lines: [] }))).toEqual(['add-line 至少一行资源']);
  });

  test('a change needs the environment that it is about', () => {
    expect(told(aForm({ kind: 'change' }))[0]).toBe('field-allocation 选择要办理的环境');
  });
});

test('an issue about something unknown to the form is shown at its head, and only once', () => {
  const issue = { path: 'elsewhere', code: 'input.invalid', params: {} } as const;
  const place = { form: aForm({}), inputs, texts };
  expect(fromIssues([issue, issue], place).map((problem) => problem.fieldId)).toEqual([
    'field-reason',
  ]);
});
