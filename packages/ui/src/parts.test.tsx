import { For } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Segment, Tabs } from './choice.tsx';
import { Empty, Loading } from './empty.tsx';
import { Equation } from './equation.tsx';
import { Kpis, Section } from './facts.tsx';
import { Refusal } from './refusal.tsx';
import { StateMark } from './state-mark.tsx';
import type { Mark } from './state-mark.tsx';
import { Steps, Trail, TrailEntry } from './steps.tsx';
import { Head, Pager, TableFoot } from './table.tsx';
import { DataAge, Time } from './time.tsx';
import { ToastRegion, createToasts } from './toast.tsx';
import './styles/index.css';

afterEach(cleanup);

test('one of few is pressed, and choosing reports it', async () => {
  const choose = vi.fn();
  render(() => (
    <Segment
      label="密度"
      value="standard"
      options={[
        { value: 'compact', label: '紧凑' },
        { value: 'standard', label: '标准' },
      ]}
      onChange={choose}
    />
  ));
  expect(screen.getByRole('button', { pressed: true }).textContent).toBe('标准');
  await userEvent.click(screen.getByRole('button', { name: '紧凑' }));
  expect(choose).toHaveBeenCalledWith('compact');
});

describe('a table', () => {
  test('says how it is sorted, to those who do not see the arrow', () => {
    render(() => (
      <table>
        <thead>
          <tr>
            <Head href="?order=asc" direction="desc">
              更新
            </Head>
            <Head number unit="核">
              CPU
            </Head>
          </tr>
        </thead>
      </table>
    ));
    const [sorted, plain] = screen.getAllByRole('columnheader');
    expect([sorted?.getAttribute('aria-sort'), plain?.getAttribute('aria-sort')]).toEqual([
      'descending',
      null,
    ]);
    expect(plain?.textContent).toBe('CPU 核');
  });

  const labels = { previous: '上一页', next: '下一页', position: '第 1 / 3 页' };

  test.each([
    { page: 1, pages: 3, want: ['下一页'] },
    { page: 2, pages: 3, want: ['上一页', '下一页'] },
    { page: 3, pages: 3, want: ['上一页'] },
    { page: 1, pages: 1, want: [] },
  ])('page $page of $pages leads to $want', ({ page, pages, want }) => {
    render(() => (
      <TableFoot summary="共 120 条">
        <Pager page={page} pages={pages} hrefOf={(to) => `?page=${to}`} labels={labels} />
      </TableFoot>
    ));
    expect(screen.queryAllByRole('link').map((link) => link.textContent)).toEqual(want);
  });
});

test('waiting shows nothing at first, then says that it waits', async () => {
  render(() => <Loading word="正在读取" />);
  expect(screen.queryByRole('status')).toBe(null);
  await expect.poll(() => screen.queryByRole('status')?.textContent).toBe('正在读取');
});

test('a toast can be read, followed and is gone afterwards', async () => {
  const toasts = createToasts();
  render(() => <ToastRegion toasts={toasts} />);
  toasts.show({ text: '已退回', link: { href: '#', label: '看申请' } });
  expect(screen.getByRole('status').textContent).toContain('已退回');
  await userEvent.click(screen.getByRole('link', { name: '看申请' }));
  expect(toasts.list()).toEqual([]);
});

test('old data is marked, not only written', () => {
  render(() => (
    <>
      <DataAge text="数据截至 10:42" stale={false} />
      <DataAge text="数据截至 09:12" stale />
      <Time at={0}>1970-01-01 08:00</Time>
    </>
  ));
  expect(document.querySelector('[data-s="stale"]')?.textContent).toBe('数据截至 09:12');
  expect(document.querySelector('time')?.dateTime).toBe('1970-01-01T00:00:00.000Z');
});

const marks: readonly Mark[] = [
  'draft',
  'wait',
  'run',
  'you',
  'hold',
  'ok',
  'back',
  'bad',
  'warn',
  'late',
  'stale',
  'end',
  'seal',
];

describe.each(['light', 'dark'])('in the %s theme', (theme) => {
  test('axe finds nothing serious in the parts together', async () => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = 'zh-CN';
    render(() => (
      <main>
        <h1>部件</h1>
        <Tabs label="箱" tabs={[{ href: '#a', label: '待办', current: true, count: 2 }]} />
        <For each={marks}>{(mark) => <StateMark mark={mark}>{mark}</StateMark>}</For>
        <Section title="合计" note="示例">
          <Equation
            terms={[
              { label: '可承诺', figure: '4,096', unit: '核' },
              { label: '已分配', figure: '3,264', mark: 'alloc', sign: '=' },
              { label: '可用', figure: '832', mark: 'free', sign: '+', sum: true },
            ]}
          />
        </Section>
        <Kpis kpis={[{ term: '在办', figure: '3', href: '#b', note: '两天内到期 1 件' }]} />
        <Steps
          label="进度"
          steps={[
            { title: '提交', progress: 'done', note: '11-23' },
            { title: '审核', progress: 'now' },
            { title: '开通', progress: 'ahead' },
          ]}
        />
        <Section title="经过" bare>
          <Trail label="经过">
            <TrailEntry mark="ok" word="同意" title="同意" who="部门负责人" opinion="确有需要" />
          </Trail>
        </Section>
        <Section title="拒绝">
          <Refusal
            word="不能提交"
            title="可用 6 卡，需要 8 卡，差 2 卡。"
            balance={{
              terms: [{ label: '可承诺', figure: '256', unit: '卡' }],
              total: 256,
              parts: [{ part: 'alloc', amount: 250 }],
              label: '可承诺 256 卡，可用 6 卡',
            }}
            holders={{
              title: '谁占着',
              rows: [{ name: '2 件申请', amount: '24 卡', until: '11-27' }],
            }}
            ways={{
              title: '怎样才能通过',
              list: [{ text: '改为 6 卡', action: { label: '改为 6 卡', run: () => undefined } }],
            }}
            reference="账户 capacity/pool/npu"
          />
          <Empty title="还没有申请">提交后出现在这里。</Empty>
        </Section>
      </main>
    ));
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    const serious = violations.filter(
      (violation) => violation.impact === 'serious' || violation.impact === 'critical',
    );
    expect(
      serious.map((violation) => [violation.id, violation.nodes.map((node) => node.html)]),
    ).toEqual([]);
  });
});
