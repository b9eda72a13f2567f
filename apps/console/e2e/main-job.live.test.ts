import { openDesk, watchFaults } from '@yunheng/testkit/browser';
import {
  expectFocused,
  expectGone,
  expectRowVisible,
  expectValue,
  expectVisible,
} from '@yunheng/testkit/browser-checks';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openChromium } from './chromium.ts';
import { decide, openPapers } from './papers.ts';
import { signInAs } from './people.ts';
import { startProvince, type Province } from './province.ts';

const desktop = { width: 1440, height: 900, theme: 'light' } as const;
const minute = 60_000;

let province: Province;
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
  // The pool that is nearly full makes the refusal real; the rest of the province would only cost time.
  province = await startProvince({ graceDays: 0, standing: (row) => row.pool === 'sheng-arm-npu' });
});
afterAll(async () => {
  await browser?.close();
  await province?.[Symbol.asyncDispose]();
});

async function sitDown(username: string): Promise<Page> {
  const desk = await openDesk(browser, { url: province.url, ...desktop });
  onTestFinished(() => desk.close());
  return signInAs(desk, province, username);
}

const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name });

async function openForm(page: Page): Promise<void> {
  await link(page, '申请配额').click();
  await expectVisible(page.getByRole('heading', { name: '申请配额', level: 1 }));
}

/** Only what stands in the table of lines; the units beside are the form's. */
const amountOf = (page: Page, item: string): Locator => field(page, `${item}申请后的数量`);

test('three people carry a request from the form to a namespace with exactly that quota', async () => {
  const applicant = await sitDown('rsj-applicant');
  const seen = watchFaults(applicant);
  await openForm(applicant);
  await field(applicant, '信息系统').selectOption({ label: '电子社保卡服务系统（dzsbk）' });
  await field(applicant, '云节点').selectOption({ label: '省级政务云' });
  await field(applicant, '用途说明').fill('电子社保卡签发上云');
  await amountOf(applicant, '计算（x86）').fill('24');
  await expectVisible(applicant.getByText(/^草稿已存 \d\d:\d\d:\d\d$/u));

  // A reload in mid-form loses nothing.
  await applicant.reload();
  await expectValue(amountOf(applicant, '计算（x86）'), '24');
  await expectValue(field(applicant, '用途说明'), '电子社保卡签发上云');
  expect(await field(applicant, '信息系统').locator('option:checked').innerText()).toContain(
    'dzsbk',
  );

  await amountOf(applicant, '内存').fill('96');
  await removeLine(applicant, '块存储');
  await button(applicant, '提交申请').click();
  await expectVisible(applicant.getByRole('heading', { name: /^配申〔\d{4}〕\d+ 号/u, level: 1 }));
  const address = applicant.url();
  await expectVisible(applicant.getByText('实时', { exact: true }));

  await decideByKeyboard(await sitDown('rsj-head'), '人社厅经办人');
  await expectVisible(applicant.getByText('情况属实，同意。'));
  await cutConnection(applicant);
  await decideByKeyboard(await sitDown('operator'), '人社厅经办人');
  await restoreConnection(applicant);

  // The page that was opened before both decisions shows the end, without a reload.
  const state = applicant.getByRole('main').getByText('已生效', { exact: true });
  await state.first().waitFor({ timeout: minute });
  expect(applicant.url()).toBe(address);
  const steps = applicant.getByRole('list', { name: '经过' });
  await expectVisible(steps.getByText('开放访问'));
  const namespace = (
    await steps
      .getByText(/^yh-rsj-dzsbk-prod$/u)
      .first()
      .innerText()
  ).trim();
  const quota = await province.seen(
    'sheng',
    `/api/v1/namespaces/${namespace}/resourcequotas/yunheng`,
  );
  expect(quota).toMatchObject({
    status: { hard: { 'requests.cpu': '24', 'requests.memory': '96Gi' } },
  });
  // Cutting the connection fails what was being read; nothing else may.
  expect(seen.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

async function removeLine(page: Page, item: string): Promise<void> {
  const remove = button(page, `删去${item}这一行`);
  if ((await remove.count()) > 0) await remove.click();
}

/** The inbox without a mouse: the first paper, its opinion, its decision. */
async function decideByKeyboard(page: Page, applicant: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expectVisible(page.getByRole('form', { name: '意见' }));
  await expectVisible(page.getByText(applicant));
  await page.keyboard.press('a');
  await page.keyboard.type('情况属实，同意。');
  await page.keyboard.press('Control+Enter');
  await expectVisible(page.getByText(/^已同意配申/u));
}

async function cutConnection(page: Page): Promise<void> {
  await page.context().setOffline(true);
}

async function restoreConnection(page: Page): Promise<void> {
  await page.context().setOffline(false);
}

test('a wish that no pool can hold is refused with account, balance, holders and what would pass', async () => {
  const page = await sitDown('rsj-applicant');
  await openForm(page);
  await field(page, '信息系统').selectOption({ label: '欠薪线索监测平台（qxxsjc）' });
  await field(page, '云节点').selectOption({ label: '省级政务云' });
  await field(page, '用途说明').fill('线索研判模型');
  await page
    .getByRole('combobox', { name: '资源', exact: true })
    .first()
    .selectOption({ label: 'NPU 卡' });
  await amountOf(page, 'NPU 卡').fill('16');
  await removeLine(page, '内存');
  await removeLine(page, '块存储');
  await button(page, '提交申请').click();
  const main = page.getByRole('main');
  await expectVisible(main.getByText(/NPU 可用 \d+ 卡，本次需要 16 卡，差 \d+ 卡。/u));
  await expectVisible(main.getByText('谁占着'));
  await expectVisible(main.getByText(/\d+ 处已分配/u));
  await expectVisible(main.getByText('怎样才能通过'));
  await expectVisible(main.getByText(/^账户 /u));
  // What would pass is one press away.
  await button(page, /^改为 \d+ 卡$/u).click();
  await expectGone(main.getByText('谁占着'));
});

test('an empty form lists every problem at once on top, each a link to its field', async () => {
  const page = await sitDown('rsj-applicant');
  await openForm(page);
  await button(page, '提交申请').click();
  const summary = page.getByRole('alert').filter({ hasText: /提交前还有 \d+ 处要改/u });
  await expectVisible(summary);
  await expectFocused(summary);
  const texts = await summary.getByRole('link').allInnerTexts();
  expect(texts.slice(0, 3)).toEqual(['选择信息系统', '选择云节点', '写明用途']);
  await summary.getByRole('link', { name: '写明用途' }).click();
  await expectFocused(field(page, '用途说明'));
  await amountOf(page, '计算（x86）').fill('-3');
  await button(page, '提交申请').click();
  await expectVisible(summary.getByText(/计算（x86）/u));
});

test('who decides second sees the first decision and keeps the text that was typed', async () => {
  const papers = await openPapers(await province.signIn('rsj-applicant'));
  const id = await papers.submit({ system: 'gsrd', environment: 'test' });
  const head = await province.signIn('rsj-head');
  await decide(head, id, { decision: 'approve', opinion: '同意' });
  const second = await sitDown('operator');
  await second.goto(`/inbox?item=${id}`);
  const opinion = second.getByRole('textbox', { name: '意见' });
  await opinion.fill('容量紧张，先批一半');
  const first = await province.signIn('operator-approver');
  await decide(first, id, { decision: 'return', opinion: '补充压测报告' });
  await button(second, /^退回/u).click();
  await expectVisible(second.getByText('有人先作了决定，或内容有更新'));
  await expectVisible(second.getByText('补充压测报告'));
  await expectValue(opinion, '容量紧张，先批一半');
});

test('what belongs to another department reads like what does not exist', async () => {
  const papers = await openPapers(await province.signIn('wjw-applicant'));
  const foreign = await papers.submit({ system: 'fyjk', environment: 'test' });
  const page = await sitDown('rsj-applicant');
  const wordsAt = async (path: string) => {
    await page.goto(path);
    const heading = page.getByText('没有这个页面或对象，或它不属于你的单位');
    await expectVisible(heading);
    return page.getByRole('main').innerText();
  };
  const missing = await wordsAt('/requests/qr_00000000000000000000000000');
  expect(await wordsAt(`/requests/${foreign}`)).toBe(missing);
});

test('an address that no page has says so, and shows the way home', async () => {
  const page = await sitDown('rsj-applicant');
  await page.goto('/no/such/page');
  await expectVisible(page.getByRole('heading', { name: '没有这个页面' }));
  await link(page, '回首页').click();
  await expectVisible(page.getByRole('heading', { name: '省人力资源和社会保障厅' }));
});

test('a copied address shows another person the same view, and Back closes the drawer', async () => {
  const auditor = await sitDown('auditor');
  await link(auditor, '审计记录').click();
  await field(auditor, '结果').selectOption({ label: '已执行' });
  const entries = auditor.getByRole('table');
  await expectRowVisible(entries, { 结果: '已执行' });
  await entries.getByRole('link').first().click();
  await expectVisible(auditor.getByRole('dialog'));
  const copied = auditor.url();
  await auditor.goBack();
  await expectGone(auditor.getByRole('dialog'));
  expect(await field(auditor, '结果').locator('option:checked').innerText()).toBe('已执行');

  const colleague = await sitDown('audit-admin');
  await colleague.goto(copied);
  await expectVisible(colleague.getByRole('dialog'));
  expect(await field(colleague, '结果').locator('option:checked').innerText()).toBe('已执行');
});
