import { openDesk, watchFaults, type Face } from '@yunheng/testkit/browser';
import { seriousViolations, sidewaysScroll } from '@yunheng/testkit/browser-checks';
import { demoRoles, identities, type DemoRole } from '@yunheng/fixtures-guangdong/identities';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playScene, type Scene } from '../pictures/scene.ts';
import { openChromium } from './chromium.ts';
import { signInAs, visit } from './people.ts';
import { startProvince, type Province } from './province.ts';

const faces: readonly Face[] = [
  { width: 1440, height: 900, theme: 'light' },
  { width: 1440, height: 900, theme: 'dark' },
  { width: 390, height: 844, theme: 'dark' },
  { width: 390, height: 844, theme: 'light' },
];
/** A page that another role has shown in all faces is looked at in two that differ in everything. */
const opposite = faces.filter((_, index) => index % 2 === 0);
/** The narrowest screen that WCAG 1.4.10 asks for. */
const narrow = { width: 320, height: 640 };
const settleMs = 120_000;

let province: Province;
let browser: Browser;
let scene: Scene;

beforeAll(async () => {
  browser = await openChromium();
  province = await startProvince({
    graceDays: null,
    standing: ({ department, pool }) => department === 'rsj' || pool === 'sheng-arm-npu',
  });
  await province.settled(settleMs);
  scene = await playScene(province);
  await province.settled(settleMs);
});
afterAll(async () => {
  await browser?.close();
  await province?.[Symbol.asyncDispose]();
});

/** Behind the navigation: papers, systems, forms and what opens beside a list. */
const deeper: Readonly<Partial<Record<DemoRole, (of: Scene) => readonly string[]>>> = {
  applicant: (of) => [
    `/d/${of.department}/requests/new`,
    `/d/${of.department}/requests/new?from=${of.draft}`,
    `/requests/${of.fulfilled}`,
    `/requests/${of.vacating}`,
    `/systems/${of.system}`,
    '/me/password',
    '/no/such/page',
  ],
  head: (of) => [`/requests/${of.waiting}`, '/inbox?box=done', `/systems/${of.system}`],
  operator: (of) => [
    `/inbox?item=${of.waiting}`,
    `/requests/${of.waiting}`,
    `/requests/${of.failed}`,
    '/capacity?cell=sheng.x86',
  ],
  operator_approver: (of) => [`/inbox?item=${of.waiting}`],
  authority: (of) => [`/requests/${of.waiting}`],
  auditor: (of) => [`/requests/${of.fulfilled}`, `/systems/${of.system}`],
};

test('the page before the door can be used in every face', async () => {
  const desk = await openDesk(browser, { url: province.url, ...wide });
  try {
    const page = await desk.newPage();
    expect(await findingsOf(page, '/login')).toEqual([]);
  } finally {
    await desk.close();
  }
});

const wide: Face = { width: 1440, height: 900, theme: 'light' };
const usernameOf = (role: DemoRole): string =>
  identities.find((one) => one.role === role)?.username ?? '';

test.for(demoRoles)('every page of %s can be used in every face', async (role) => {
  const desk = await openDesk(browser, { url: province.url, ...wide });
  try {
    const page = await signInAs(desk, province, usernameOf(role));
    const navigation = page.getByRole('navigation', { name: '主导航' }).getByRole('link');
    await navigation.first().waitFor();
    const offered = await navigation.evaluateAll((links) =>
      links.map((link) => link.getAttribute('href') ?? ''),
    );
    expect(offered.length).toBeGreaterThan(1);
    const findings: string[] = [];
    for (const path of [...offered, ...(deeper[role]?.(scene) ?? [])])
      findings.push(...(await findingsOf(page, path)));
    expect(findings).toEqual([]);
  } finally {
    await desk.close();
  }
});

const shown = new Set<string>();

function facesOf(path: string): readonly Face[] {
  const page = path.replace(/\?.*$/u, '').replaceAll(/\/[a-z]+_[^/]+/gu, '/:id');
  if (shown.has(page)) return opposite;
  shown.add(page);
  return faces;
}

/** Everything that is wrong with one page, in words that name page and face. */
async function findingsOf(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  const watch = watchFaults(page);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: wide.theme });
  await visit(page, path);
  for (const { width, height, theme } of facesOf(path)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    const at = `${path} ${width} ${theme}`;
    for (const violation of await seriousViolations(page)) found.push(`${at} ${violation}`);
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) found.push(`${at} moves ${sideways} px sideways`);
  }
  await page.setViewportSize(narrow);
  const sideways = await sidewaysScroll(page);
  if (sideways > 0) found.push(`${path} ${narrow.width} moves ${sideways} px sideways`);
  watch.stop();
  return [...found, ...watch.faults.map((fault) => `${path} ${fault}`)];
}
