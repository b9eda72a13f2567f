import { existsSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  type Page,
  type Request,
  type Response,
} from 'playwright-core';

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
export function watchFaults(page: Page): { readonly faults: readonly string[]; stop(): void } {
  const faults: string[] = [];
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  };
  const onError = (error: Error) => void faults.push(`uncaught: ${error.message}`);
  const onResponse = (response: Response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  };
  const onFailed = (request: Request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends what it was still reading.
    if (why !== 'net::ERR_ABORTED') faults.push(`${why} ${request.url()}`);
  };
  page
    .on('console', onConsole)
    .on('pageerror', onError)
    .on('response', onResponse)
    .on('requestfailed', onFailed);
  return {
    faults,
    stop: () =>
      void page
        .off('console', onConsole)
        .off('pageerror', onError)
        .off('response', onResponse)
        .off('requestfailed', onFailed),
  };
}
