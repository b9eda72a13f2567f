import type { BrowserContext, Page, Request } from 'playwright-core';
import type { Province } from './province.ts';

const patienceMs = 60_000;

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

/** Opens an address and waits until everything that the page begins with was read and drawn. */
export async function visit(page: Page, path: string): Promise<void> {
  const asked = new Set<Request>();
  const onRequest = (request: Request) => {
    // A stream of events stays open as long as the page does.
    if (request.headers()['accept'] !== 'text/event-stream') asked.add(request);
  };
  const onAnswer = (request: Request) => void asked.delete(request);
  page.on('request', onRequest).on('requestfinished', onAnswer).on('requestfailed', onAnswer);
  await page.goto(path);
  // Empty until the part of the program that draws the page is there.
  await page.locator('main > *').first().waitFor();
  const isStill = async () =>
    asked.size === 0 && (await page.locator('[aria-busy=true], .skel').count()) === 0;
  const until = Date.now() + patienceMs;
  // Twice: an answer may be what asks the next question.
  for (let still = 0; still < 2; still = (await isStill()) ? still + 1 : 0) {
    if (Date.now() > until) throw new Error(`${path} is still being read`);
    await page.evaluate('new Promise(requestAnimationFrame).then(() => undefined)');
  }
  page.off('request', onRequest).off('requestfinished', onAnswer).off('requestfailed', onAnswer);
}
