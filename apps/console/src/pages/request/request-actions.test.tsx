import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { dictionary } from '@yunheng/messages/zh-cn';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { RequestDetail } from '../../api/types.ts';
import { TextsProvider, createTexts } from '../../text/texts.ts';
import { RequestActions } from './request-actions.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const closed = { allowed: false, reason: 'request.wrong_state' };
const request = { id: 'qr_1', number: '配申〔2026〕7 号', version: 4, state: 'approved' };

/** The acts of a release in its grace days, for a reader who stands to it as `restore` says. */
function show(restore: RequestDetail['actions']['restore']): void {
  const actions = { withdraw: closed, retry: closed, restore };
  const detail = { request, actions, tasks: [], allocationId: null } as unknown as RequestDetail; // what the acts read
  render(() => (
    <TextsProvider value={createTexts('zh-CN', dictionary)}>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <Route path="*" component={() => <RequestActions detail={detail} />} />
        </MemoryRouter>
      </QueryClientProvider>
    </TextsProvider>
  ));
}

const button = (name: string) => screen.queryAllByRole('button', { name });

describe('taking a release back', () => {
  test('asks for a reason first, and sends it with the version that was read', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => {
      sent.push([
        new URL(String(url), location.href).pathname,
        typeof init?.body === 'string' ? JSON.parse(init.body) : null,
      ]);
      return Response.json([{ result: { data: { ok: true } } }]);
    });
    show({ allowed: true, reason: null });
    await userEvent.click(screen.getByRole('button', { name: '恢复使用' }));
    const confirm = () => button('恢复使用').at(-1);
    expect(confirm()?.getAttribute('aria-disabled')).toBe('true');
    await userEvent.fill(screen.getByLabelText('恢复原因'), '业务仍在使用');
    const last = confirm();
    if (last === undefined) throw new Error('the dialog has its act');
    await userEvent.click(last);
    const body = { '0': { id: 'qr_1', version: 4, reason: '业务仍在使用' } };
    await expect.poll(() => sent).toEqual([['/trpc/requests.restore', body]]);
    await expect.poll(() => screen.queryByLabelText('恢复原因')).toBeNull();
  });

  test('is there with its reason once the deletion has begun', () => {
    show({ allowed: false, reason: 'provisioning.deletion_started' });
    expect(button('恢复使用')[0]?.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText(/已开始删除，不能再恢复/u)).toBeDefined();
  });

  test.each(['request.wrong_state', 'access.forbidden'])(
    'is absent where it never is: %s',
    (reason) => {
      show({ allowed: false, reason });
      expect(button('恢复使用')).toEqual([]);
    },
  );
});
