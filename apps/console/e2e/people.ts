import type { BrowserContext, Page } from 'playwright-core';
import type { Province } from './province.ts';

/** Through the door as anybody would; afterwards every page of this desk is signed in. */
export async function signInAs(
  desk: BrowserContext,
  province: Province,
  username: string,
): Promise<Page> {
  const identity = province.identities.find((one) => one.username === username);
  if (identity === undefined) throw new Error(`the demo offers no identity ${username}`);
  const page = await desk.newPage();
  await page.goto('/login');
  await page.getByLabel('账号', { exact: true }).fill(identity.username);
  await page.getByLabel('口令', { exact: true }).fill(identity.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: `我: ${identity.displayName}` }).waitFor();
  return page;
}

/** Everything that the page begins with has been read. Live pages keep a connection open: there is no silence to wait for. */
export async function arrived(page: Page): Promise<void> {
  // Empty until the part of the program that draws the page is there.
  await page.locator('main > *').first().waitFor();
  await page.locator('[aria-busy=true], .skel').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}
