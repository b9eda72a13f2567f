import { playwright } from '@vitest/browser-playwright';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, chromiumPath } from '@yunheng/testkit/chromium';
import { ClosingLine } from './infra/test/closing-line.ts';

const notOurs = ['**/node_modules/**', '**/dist/**'];
const live = '**/*.live.test.ts';
const components = ['packages/ui/src/**/*.test.tsx', 'apps/console/src/**/*.test.tsx'];

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,infra,fixtures}/*/src/**/*.test.ts', 'infra/test/**/*.test.ts'],
          exclude: [...notOurs, live],
          // Importing the world anew for each file took longer than the tests; no file leaves anything behind.
          // A slow machine is no failure; a hang still is.
          testTimeout: 60_000,
          pool: 'threads',
          // Vitest leaves one core to its own process, which has next to nothing to do here.
          maxWorkers: '100%',
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real servers: one file at a time, since they share two cores and the clusters.
        test: {
          name: 'live',
          include: [`{apps,packages,infra,fixtures}/**/${live.slice(3)}`],
          exclude: notOurs,
          fileParallelism: false,
          globalSetup: ['./infra/local/src/test-clusters.ts'],
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 900_000,
        },
      },
      {
        plugins: [solid()],
        // Without entries a cold clone reloads in mid-run and fails.
        optimizeDeps: { entries: components },
        test: {
          name: 'components',
          include: components,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: chromiumArguments },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
