import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

export interface Launch {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** A real browser, or one line that says what to install. */
export async function openBrowser({ executablePath, args }: Launch): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `no Chromium at ${executablePath}: install it (apt-get install chromium) or name one in CHROMIUM`,
    );
  }
  return chromium.launch({ executablePath, args: [...args] });
}

export interface Face {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
}

/** One person's browser: cookies of their own, Chinese, Beijing time, nothing moving. */
export function openDesk(
  browser: Browser,
  { url, width, height, theme }: Face & { readonly url: string },
): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
}

/** What nobody should see: errors in the console, answers that failed, requests that got none. */
export function watchFaults(page: Page): { readonly faults: string[]; take(): string[] } {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends what it was still reading.
    if (why !== 'net::ERR_ABORTED') faults.push(`${why} ${request.url()}`);
  });
  return { faults, take: () => faults.splice(0) };
}
