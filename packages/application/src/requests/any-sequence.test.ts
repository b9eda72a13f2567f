import { anyStory, brokenBy } from '@yunheng/testkit/any-story';
import { openOffice } from '@yunheng/testkit/office';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** Given by hand to repeat a run: fast-check names the seed when a property fails. */
const seed = Number(process.env['YUNHENG_TEST_SEED'] ?? Date.now() % 1_000_000);
const numRuns = Number(process.env['YUNHENG_TEST_RUNS'] ?? 10);

test(`any sequence of acts keeps the laws of ledger and approval (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async (moments) => {
      const office = await openOffice({ graceDays: 7 });
      try {
        expect(await brokenBy(office, moments)).toEqual([]);
      } finally {
        await office.close();
      }
    }),
    { seed, numRuns },
  );
}, 300_000);
