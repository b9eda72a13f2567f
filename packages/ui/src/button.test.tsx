import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Button } from './button.tsx';

afterEach(cleanup);

describe('Button', () => {
  test('runs its act', async () => {
    const act = vi.fn();
    render(() => <Button onClick={act}>提交</Button>);
    await userEvent.click(screen.getByRole('button', { name: '提交' }));
    expect(act).toHaveBeenCalledOnce();
  });

  test('a reason stops the act, is said in words, and can still be reached by keyboard', async () => {
    const act = vi.fn();
    render(() => (
      <Button reason="由财务办理" onClick={act}>
        封账
      </Button>
    ));
    const button = screen.getByRole('button', { name: '封账' });
    await userEvent.tab();
    expect(document.activeElement).toBe(button);
    await userEvent.keyboard('{Enter}');
    expect(act).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(
      document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
    ).toBe('由财务办理');
  });

  test('does nothing twice while busy', async () => {
    const act = vi.fn();
    render(() => (
      <Button busy onClick={act}>
        开通中
      </Button>
    ));
    await userEvent.click(screen.getByRole('button', { name: '开通中' }), { force: true });
    expect(act).not.toHaveBeenCalled();
  });

  test('the key beside the verb is not part of its name', () => {
    render(() => <Button hotkey="A">同意</Button>);
    expect(screen.getByRole('button', { name: '同意' }).textContent).toContain('A');
  });
});
