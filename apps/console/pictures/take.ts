/**
 * `npm run pictures`: a demo province of its own, a working day played through the API, and every page in both sizes
 * and themes as small PNG beside this file. `npm run pictures -- inbox capacity` takes only those.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDesk } from '@yunheng/testkit/browser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from '../e2e/chromium.ts';
import { signInAs, visit } from '../e2e/people.ts';
import { startProvince, type Province } from '../e2e/province.ts';
import { toPalette } from './palette.ts';
import { decodePng, encodePalettePng } from './png.ts';
import { playScene, type Scene } from './scene.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const themes = ['light', 'dark'] as const;
const provisioningDeadlineMs = 15 * 60_000;

interface Shot {
  /** Null for the page before the door. */
  readonly who: string | null;
  readonly path: (scene: Scene) => string;
  /** What comes a moment after the page has been read, such as the effect of a form. */
  readonly shows?: string;
}

const shots: Readonly<Record<string, Shot>> = {
  login: { who: null, path: () => '/login' },
  home: { who: 'rsj-applicant', path: ({ department }) => `/d/${department}` },
  'request-new': {
    who: 'rsj-applicant',
    path: ({ department, draft }) => `/d/${department}/requests/new?from=${draft}`,
    shows: '会经过',
  },
  requests: { who: 'rsj-applicant', path: () => '/requests' },
  request: { who: 'rsj-applicant', path: ({ fulfilled }) => `/requests/${fulfilled}` },
  failed: { who: 'operator', path: ({ failed }) => `/requests/${failed}` },
  vacating: { who: 'rsj-applicant', path: ({ vacating }) => `/requests/${vacating}` },
  inbox: { who: 'operator', path: ({ waiting }) => `/inbox?item=${waiting}` },
  capacity: { who: 'operator', path: () => '/capacity?cell=sheng.x86' },
  systems: { who: 'operator', path: () => '/systems' },
  system: { who: 'rsj-applicant', path: ({ system }) => `/systems/${system}` },
  audit: { who: 'auditor', path: () => '/audit' },
  users: { who: 'security-admin', path: () => '/admin/users' },
  tokens: { who: 'rsj-applicant', path: () => '/me/tokens' },
  notices: { who: 'rsj-applicant', path: () => '/me/notices' },
  password: { who: 'rsj-applicant', path: () => '/me/password' },
};

async function photograph(page: Page, name: string): Promise<number> {
  const picture = decodePng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  const file = encodePalettePng(picture, toPalette(picture));
  writeFileSync(fileURLToPath(new URL(`${name}.png`, import.meta.url)), file);
  return file.length;
}

/** Signs in once for each person; the pages of one person share it. */
async function takeAll(browser: Browser, of: { province: Province; scene: Scene; only: string[] }) {
  let bytes = 0;
  for (const size of sizes) {
    for (const theme of themes) {
      const desks = new Map<string | null, BrowserContext>();
      for (const [name, shot] of Object.entries(shots)) {
        if (of.only.length > 0 && !of.only.includes(name)) continue;
        let desk = desks.get(shot.who);
        if (desk === undefined) {
          desk = await openDesk(browser, { url: of.province.url, theme, ...size });
          desks.set(shot.who, desk);
          if (shot.who !== null) await signInAs(desk, of.province, shot.who);
        }
        const page = await desk.newPage();
        await visit(page, shot.path(of.scene));
        if (shot.shows !== undefined) await page.getByText(shot.shows).waitFor();
        const length = await photograph(page, `${name}-${size.width}-${theme}`);
        console.log(`${name}-${size.width}-${theme}.png ${Math.ceil(length / 1024)} kB`);
        bytes += length;
        await page.close();
      }
      for (const desk of desks.values()) await desk.close();
    }
  }
  console.log(`${Math.ceil(bytes / 1024)} kB together`);
}

const only = process.argv.slice(2);
const browser = await openChromium();
try {
  console.log('· a province with its clusters …');
  await using province = await startProvince({ graceDays: null, standing: () => true });
  console.log(`· ${province.url}: everything that stands is being provisioned …`);
  await province.settled(provisioningDeadlineMs);
  const scene = await playScene(province);
  await province.settled(provisioningDeadlineMs);
  await takeAll(browser, { province, scene, only });
} finally {
  await browser.close();
}
