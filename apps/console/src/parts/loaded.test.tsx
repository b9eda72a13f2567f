import { Suspense, createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { TRPCClientError } from '@trpc/client';
import { dictionary } from '@yunheng/messages/zh-cn';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useProcedure } from '../api/query.ts';
import { TextsProvider, createTexts } from '../text/texts.ts';
import { Loaded } from './loaded.tsx';

afterEach(cleanup);

const refused = () =>
  TRPCClientError.from({
    error: {
      code: -32_603,
      message: 'internal.unexpected',
      data: { code: 'internal.unexpected', kind: 'internal', params: {}, requestId: 'req_7' },
    },
  });

/** A reading whose answers the test hands out one by one. */
function setUp() {
  let settle: { resolve: (rows: string[]) => void; reject: (error: Error) => void } | undefined;
  const [page, setPage] = createSignal(1);
  function Region() {
    const query = useProcedure({
      name: 'test.rows',
      input: () => ({ page: page() }),
      call: () =>
        new Promise<string[]>((resolve, reject) => {
          settle = { resolve, reject };
        }),
    });
    return (
      <Loaded query={query}>
        {(rows) => (
          <p>
            {rows().join(' ')}
            <button type="button" onClick={() => void query.refetch()}>
              再读
            </button>
          </p>
        )}
      </Loaded>
    );
  }
  render(() => (
    <TextsProvider value={createTexts('zh-CN', dictionary)}>
      <QueryClientProvider client={new QueryClient()}>
        <Suspense fallback="整页都在等">
          <Region />
        </Suspense>
      </QueryClientProvider>
    </TextsProvider>
  ));
  const answer = async (rows: string[] | Error) => {
    await expect.poll(() => settle).toBeDefined();
    const pending = settle;
    settle = undefined;
    if (rows instanceof Error) pending?.reject(rows);
    else pending?.resolve(rows);
  };
  return { answer, setPage };
}

const text = () => (document.body.textContent ?? '').trim();

describe('Loaded', () => {
  test('shows nothing for a moment, then that it reads, then the value', async () => {
    const { answer } = setUp();
    expect(text()).toBe('');
    await expect.poll(() => screen.queryByRole('status')?.textContent).toBe('正在读取');
    await answer(['甲', '乙']);
    await expect.poll(text).toContain('甲 乙');
    expect(text()).not.toContain('正在读取');
  });

  test('rows of the old page stay until those of the new one arrive', async () => {
    const { answer, setPage } = setUp();
    await answer(['第一页']);
    await expect.poll(text).toContain('第一页');
    setPage(2);
    expect(text()).toContain('第一页');
    await answer(['第二页']);
    await expect.poll(text).toContain('第二页');
  });

  test('what failed is said with its code and request, and can be tried again', async () => {
    const { answer } = setUp();
    await answer(refused());
    await expect.poll(() => screen.queryByRole('alert')?.textContent).toContain('req_7');
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }));
    await answer(['好了']);
    await expect.poll(text).toContain('好了');
    expect(screen.queryByRole('alert')).toBe(null);
  });

  test('old rows stay under the notice of what failed', async () => {
    const { answer } = setUp();
    await answer(['旧的']);
    await expect.poll(text).toContain('旧的');
    await userEvent.click(screen.getByRole('button', { name: '再读' }));
    await answer(refused());
    await expect.poll(() => screen.queryByRole('alert')?.textContent).toContain('没有读到最新内容');
    expect(text()).toContain('旧的');
  });
});
