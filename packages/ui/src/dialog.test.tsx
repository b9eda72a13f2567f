import { createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ConfirmDialog, Dialog, Drawer } from './dialog.tsx';
import './styles/index.css';

afterEach(cleanup);

describe('Dialog', () => {
  test('is modal, named by its title, and Escape closes it', async () => {
    const [open, setOpen] = createSignal(true);
    render(() => (
      <Dialog open={open()} title="撤回申请" onClose={() => setOpen(false)}>
        <p>预占立即退还。</p>
      </Dialog>
    ));
    const dialog = screen.getByRole('dialog', { name: '撤回申请' });
    expect(dialog.matches(':modal')).toBe(true);
    await userEvent.keyboard('{Escape}');
    await expect.poll(open).toBe(false);
    expect(screen.queryByText('预占立即退还。')).toBe(null);
  });

  test('begins at its title, however far below the first control stands', () => {
    render(() => (
      <Dialog open title="账实核对" onClose={() => undefined} footer={<button>关闭</button>}>
        <div style={{ height: '5000px' }} />
      </Dialog>
    ));
    const dialog = screen.getByRole('dialog', { name: '账实核对' });
    expect(dialog.scrollHeight).toBeGreaterThan(dialog.clientHeight);
    expect(dialog.scrollTop).toBe(0);
  });

  test('opens again after it was closed', () => {
    const [open, setOpen] = createSignal(false);
    render(() => (
      <Dialog open={open()} title="一" onClose={() => setOpen(false)}>
        内容
      </Dialog>
    ));
    setOpen(true);
    setOpen(false);
    setOpen(true);
    expect(screen.getByRole('dialog').matches(':modal')).toBe(true);
  });
});

test('a drawer closes with its button', async () => {
  const close = vi.fn();
  render(() => (
    <Drawer open title="审计记录" closeLabel="关闭" onClose={close}>
      内容
    </Drawer>
  ));
  await userEvent.click(screen.getByRole('button', { name: '关闭' }));
  expect(close).toHaveBeenCalledOnce();
});

test('what cannot be undone waits until the name is typed whole', async () => {
  const confirm = vi.fn();
  render(() => (
    <ConfirmDialog
      open
      title="释放 64 核"
      expected="yh-test"
      fieldLabel="输入命名空间名称"
      hintOf={(missing) => `还差 ${missing} 个字符`}
      act="释放 64 核"
      keep="不释放"
      onConfirm={confirm}
      onClose={() => undefined}
    >
      <p>7 天内可恢复。</p>
    </ConfirmDialog>
  ));
  const act = screen.getByRole('button', { name: '释放 64 核' });
  await userEvent.fill(screen.getByRole('textbox'), 'yh-te');
  await userEvent.click(act, { force: true });
  expect(confirm).not.toHaveBeenCalled();
  expect(screen.getAllByText('还差 2 个字符').length).toBeGreaterThan(0);
  await userEvent.fill(screen.getByRole('textbox'), 'yh-test');
  await userEvent.click(act);
  expect(confirm).toHaveBeenCalledOnce();
});
