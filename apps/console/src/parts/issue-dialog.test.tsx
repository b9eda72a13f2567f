import { createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { dictionary } from '@yunheng/messages/zh-cn';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { TextsProvider, createTexts } from '../text/texts.ts';
import { IssueDialog } from './issue-dialog.tsx';

afterEach(cleanup);

function setUp(issue: () => Promise<string>) {
  const [open, setOpen] = createSignal(true);
  const [name, setName] = createSignal('');
  render(() => (
    <QueryClientProvider client={new QueryClient()}>
      <TextsProvider value={createTexts('zh-CN', dictionary)}>
        <IssueDialog
          open={open()}
          title="新建令牌"
          act="生成令牌"
          issued={{ title: '令牌已生成', help: '现在就复制保存。', label: '访问令牌' }}
          mistakes={{ name: name() === '' ? '填写名称' : undefined }}
          issue={issue}
          onClose={() => setOpen(false)}
        >
          {(mistakes) => (
            <Field label="名称" error={mistakes().name}>
              <Input value={name()} onInput={(event) => setName(event.currentTarget.value)} />
            </Field>
          )}
        </IssueDialog>
      </TextsProvider>
    </QueryClientProvider>
  ));
  return { open, reopen: () => setOpen(true) };
}

const act = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('a dialog that issues a secret', () => {
  test('says what is missing at the first try, and issues nothing until it is there', async () => {
    const issue = vi.fn(async () => 'yht_1');
    setUp(issue);
    expect(screen.queryByText('填写名称')).toBeNull();
    await act('生成令牌');
    await expect.element(screen.getByText('填写名称')).toBeVisible();
    expect(issue).not.toHaveBeenCalled();
  });

  test('shows the secret once: closed and opened again it is a form', async () => {
    const { open, reopen } = setUp(async () => 'yht_1');
    await userEvent.fill(screen.getByLabelText('名称'), '月度导出');
    await act('生成令牌');
    await expect.element(await screen.findByDisplayValue('yht_1')).toBeVisible();
    expect(screen.queryByRole('button', { name: '生成令牌' })).toBeNull();
    await act('关闭');
    await expect.poll(open).toBe(false);
    reopen();
    await expect.element(await screen.findByRole('button', { name: '生成令牌' })).toBeVisible();
    expect(screen.queryByDisplayValue('yht_1')).toBeNull();
  });
});
