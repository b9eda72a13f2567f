import { openBrowser } from '@yunheng/testkit/browser';
import type { Browser } from 'playwright-core';
import { chromiumArguments, chromiumPath } from '../../../infra/test/chromium.ts';

export const openChromium = (): Promise<Browser> =>
  openBrowser({ executablePath: chromiumPath(), args: chromiumArguments });
