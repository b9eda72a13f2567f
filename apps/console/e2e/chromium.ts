import { openBrowser } from '@yunheng/testkit/browser';
import type { Browser } from 'playwright-core';
import { chromiumArguments, chromiumPath } from '@yunheng/testkit/chromium';

export const openChromium = (): Promise<Browser> =>
  openBrowser({ executablePath: chromiumPath(), args: chromiumArguments });
