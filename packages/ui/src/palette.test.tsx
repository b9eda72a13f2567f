import { createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Palette } from './palette.tsx';
import type { PaletteGroup, PaletteItem } from './palette.tsx';

afterEach(cleanup);

const item = (id: string, label: string): PaletteItem => ({
  id,
  icon: 'home',
  label,
  href: `/${id}`,
});
const labels = { choose: '选', open: '打开', newTab: '新标签', none: '没有找到' };

function setUp(groups: readonly PaletteGroup[]) {
  const onChoose = vi.fn();
  const onQuery = vi.fn();
  const [shown, setShown] = createSignal(groups);
  render(() => (
    <Palette
      open
      label="命令面板"
      placeholder="搜索或跳转"
      groups={shown()}
      labels={labels}
      onQuery={onQuery}
      onChoose={onChoose}
      onClose={() => undefined}
    />
  ));
  return { onChoose, onQuery, setShown };
}

const chosen = () => document.querySelector('[aria-selected="true"]')?.textContent;

describe('Palette', () => {
  test('the focus stays in the field while the arrows move the choice, round at the ends', async () => {
    setUp([
      { label: '去', items: [item('home', '首页'), item('inbox', '待办')] },
      { label: '做', items: [item('new', '申请配额')] },
    ]);
    const field = screen.getByRole('combobox');
    expect(document.activeElement).toBe(field);
    expect(chosen()).toBe('首页');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(chosen()).toBe('申请配额');
    await userEvent.keyboard('{ArrowDown}');
    expect(chosen()).toBe('首页');
    expect(
      document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent,
    ).toBe('首页');
  });

  test('Enter opens, with Ctrl in a new tab', async () => {
    const { onChoose } = setUp([{ label: '去', items: [item('home', '首页')] }]);
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(onChoose.mock.calls.map(([choice, newTab]) => [choice.id, newTab])).toEqual([
      ['home', false],
      ['home', true],
    ]);
  });

  test('new results start from the first', async () => {
    const { setShown, onQuery } = setUp([
      { label: '去', items: [item('home', '首页'), item('inbox', '待办')] },
    ]);
    await userEvent.keyboard('{ArrowDown}');
    await userEvent.keyboard('rsj');
    expect(onQuery).toHaveBeenLastCalledWith('rsj');
    setShown([{ label: '系统', items: [item('sys', '就业服务')] }]);
    expect(chosen()).toBe('就业服务');
  });

  test('says so when nothing was found, and Enter then does nothing', async () => {
    const { onChoose } = setUp([]);
    expect(screen.getByRole('status').textContent).toBe('没有找到');
    await userEvent.keyboard('{Enter}');
    expect(onChoose).not.toHaveBeenCalled();
  });
});
