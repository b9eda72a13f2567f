import { createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Field } from './field.tsx';
import { Input } from './input.tsx';
import { ProblemSummary } from './notice.tsx';
import type { Problem } from './notice.tsx';
import { Select } from './select.tsx';

afterEach(cleanup);

describe('Field', () => {
  test('its label names the control, and hint and error describe it', () => {
    render(() => (
      <Field label="账号" hint="小写字母" error="填写账号">
        <Input />
      </Field>
    ));
    const input = screen.getByRole('textbox', { name: '账号' });
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(['填写账号', '小写字母']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  test('without a mistake the control is not invalid', () => {
    render(() => (
      <Field label="账号">
        <Input />
      </Field>
    ));
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe(null);
  });

  test('a unit stands inside the field and outside its value', () => {
    render(() => (
      <Field label="有效期">
        <Input unit="天" value="90" />
      </Field>
    ));
    const input = screen.getByRole('textbox', { name: '有效期' });
    expect((input as HTMLInputElement).value).toBe('90');
    expect(input.parentElement?.textContent).toBe('天');
  });
});

describe('Select', () => {
  test('groups its options and reports what was chosen', async () => {
    const [value, setValue] = createSignal('');
    render(() => (
      <Field label="云节点">
        <Select
          value={value()}
          placeholder="选择"
          options={[
            { value: 'p', label: '省级政务云', group: '省级' },
            { value: 'sz', label: '深圳', group: '地市' },
          ]}
          onChange={setValue}
        />
      </Field>
    ));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: '云节点' }), 'sz');
    expect(value()).toBe('sz');
    expect(document.querySelectorAll('optgroup')).toHaveLength(2);
  });
});

describe('ProblemSummary', () => {
  test('takes the focus when it appears, and each problem leads to its field', async () => {
    const [problems, setProblems] = createSignal<Problem[]>([]);
    render(() => (
      <>
        <ProblemSummary title="还有 1 处要改" problems={problems()} />
        <Field label="用途" id="reason">
          <Input />
        </Field>
      </>
    ));
    setProblems([{ fieldId: 'reason', text: '写明用途' }]);
    const summary = screen.getByRole('alert');
    await expect.poll(() => document.activeElement).toBe(summary);
    await userEvent.click(screen.getByRole('link', { name: '写明用途' }));
    expect(document.activeElement?.id).toBe('reason');
  });
});
