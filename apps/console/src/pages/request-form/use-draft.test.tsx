import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { dictionary } from '@yunheng/messages/zh-cn';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { RequestContent, RequestDetail, SystemRow } from '../../api/types.ts';
import { TextsProvider, createTexts } from '../../text/texts.ts';
import { RequestForm } from './request-form.tsx';

const system = { id: 'sys_1', code: 'jyfw', name: '就业服务', protectionLevel: 3, drTier: 'local' };
const department = { id: 'dep_1', name: '人力资源厅' };
const empty = {
  issues: [],
  warnings: [],
  shortfalls: [],
  effect: [],
  steps: [],
  holdUntil: null,
  at: 0,
};

interface Kept {
  version: number;
  content: RequestContent;
}

/** The other end of the wire: drafts by id and version, as `requests.saveDraft` keeps them. */
function draftServer() {
  const drafts = new Map<string, Kept>();
  let isAway = false;
  const save = (input: { id: string | null; version: number | null; content: RequestContent }) => {
    const id = input.id ?? `qr_${drafts.size + 1}`;
    const version = drafts.get(id)?.version ?? null;
    if (version !== input.version) return { error: refusal('request.stale') };
    drafts.set(id, { version: (version ?? 0) + 1, content: input.content });
    return { result: { data: { id, version: (version ?? 0) + 1, savedAt: 1 } } };
  };
  const answer = (name: string, input: unknown): unknown => {
    if (name === 'requests.saveDraft') return save(input as Parameters<typeof save>[0]); // the form sends it
    if (name === 'requests.get') {
      const { id } = input as { id: string }; // the form asks for what it saved
      return { result: { data: detailOf(id) } };
    }
    return { result: { data: name === 'requests.preview' ? empty : { system, allocations: [] } } };
  };
  const detailOf = (id: string): RequestDetail => {
    const { version, content } = drafts.get(id) ?? { version: 0, content: undefined };
    const request = { id, version, state: 'draft', updatedAt: 1, department };
    return { request, content } as unknown as RequestDetail; // what a form reads of a draft
  };
  vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => {
    if (isAway) throw new TypeError('Failed to fetch');
    const { pathname, searchParams } = new URL(String(url), location.href);
    const text = typeof init?.body === 'string' ? init.body : (searchParams.get('input') ?? '{}');
    const sent: unknown = JSON.parse(text);
    const names = pathname.replace('/trpc/', '').split(',');
    const inputs = sent as Record<string, unknown>; // a batch is numbered
    const answers = names.map((name, index) => answer(name, inputs[String(index)] ?? sent));
    return Response.json(searchParams.has('batch') ? answers : answers[0]);
  });
  return {
    drafts,
    detailOf,
    goAway: () => {
      isAway = true;
    },
    /** Another tab: the same draft, written on from the version that is there. */
    writeElsewhere: (id: string, reason: string) => {
      const kept = drafts.get(id);
      if (kept !== undefined)
        save({ id, version: kept.version, content: { ...kept.content, reason } });
    },
  };
}

const refusal = (code: string) => ({
  code: -32_009,
  message: code,
  data: { code, kind: 'conflict', params: {}, requestId: 'req_1' },
});

let server: ReturnType<typeof draftServer>;
const address = location.href;
beforeEach(() => {
  server = draftServer();
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
  history.replaceState(history.state, '', address);
});

/** The page as a browser opens it, with what the address names. */
function open(draft?: string): void {
  cleanup();
  const systems = [{ ...system, department }] as unknown as SystemRow[]; // what the form shows of a system
  render(() => (
    <TextsProvider value={createTexts('zh-CN', dictionary)}>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <Route
            path="*"
            component={() => (
              <RequestForm
                department={department.id}
                catalog={[]}
                offers={{ at: 0, nodes: [] }}
                systems={systems}
                original={draft === undefined ? undefined : server.detailOf(draft)}
              />
            )}
          />
        </MemoryRouter>
      </QueryClientProvider>
    </TextsProvider>
  ));
}

const reasonField = () => screen.getByLabelText<HTMLTextAreaElement>(/用途说明/u);
const write = (text: string) => userEvent.fill(reasonField(), text);
const reasons = () => [...server.drafts.values()].map(({ content }) => content.reason);

async function chooseSystem(): Promise<void> {
  await userEvent.selectOptions(screen.getByLabelText(/信息系统/u), 'sys_1');
}

/** A draft that the server has, on the screen. */
async function saved(reason: string): Promise<string> {
  open();
  await chooseSystem();
  await write(reason);
  await expect.poll(reasons, { timeout: 5_000 }).toEqual([reason]);
  await expect.poll(() => location.search).toBe('?from=qr_1');
  return 'qr_1';
}

describe('a reload in mid-form', () => {
  test('before anything was saved brings back what was typed', async () => {
    server.goAway();
    open();
    await write('还没写完');
    open();
    expect(reasonField().value).toBe('还没写完');
    expect(screen.getByText('已取回上次在本机写的内容')).toBeDefined();
  });

  test('after it was saved brings back the draft of the server, which saving then continues', async () => {
    const id = await saved('高峰扩容');
    open(id);
    expect(reasonField().value).toBe('高峰扩容');
    await write('高峰扩容，活动后释放');
    await expect.poll(reasons, { timeout: 5_000 }).toEqual(['高峰扩容，活动后释放']);
  });

  test('while the server is away brings back what it has not got', async () => {
    const id = await saved('高峰扩容');
    server.goAway();
    await write('断线后写的');
    open(id);
    expect(reasonField().value).toBe('断线后写的');
  });
});

describe('a draft that another tab wrote on meanwhile', () => {
  const conflict = () => screen.queryByText('这份草稿已在别处更新');

  async function contested(): Promise<string> {
    const id = await saved('高峰扩容');
    server.writeElsewhere(id, '另一页写的');
    await write('这一页写的');
    await expect.poll(conflict, { timeout: 5_000 }).not.toBeNull();
    return id;
  }

  test('is told, overwrites nothing, and keeps what was typed', async () => {
    await contested();
    expect(reasonField().value).toBe('这一页写的');
    expect(reasons()).toEqual(['另一页写的']);
  });

  test('may be saved beside it: both texts are there', async () => {
    await contested();
    await userEvent.click(screen.getByText('另存为新草稿'));
    await expect.poll(reasons).toEqual(['另一页写的', '这一页写的']);
    await expect.poll(conflict).toBeNull();
    expect(location.search).toBe('?from=qr_2');
  });

  test('may be loaded instead, and is written on from there', async () => {
    await contested();
    await userEvent.click(screen.getByText('载入新的内容'));
    await expect.poll(() => reasonField().value).toBe('另一页写的');
    await write('合并后的');
    await expect.poll(reasons, { timeout: 5_000 }).toEqual(['合并后的']);
  });

  test('is still told after a reload: what was typed on the older version does not overwrite it', async () => {
    const id = await contested();
    open(id);
    expect(reasonField().value).toBe('这一页写的');
    expect(conflict()).not.toBeNull();
    await write('这一页接着写');
    await userEvent.click(screen.getByText('另存为新草稿'));
    await expect.poll(reasons).toEqual(['另一页写的', '这一页接着写']);
  });
});
