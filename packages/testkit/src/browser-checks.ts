import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const patienceMs = 15_000;

/** A row of a table by what stands in it, cell by cell under the heads that are named. */
export async function expectRowVisible(
  table: Locator,
  cells: Readonly<Record<string, string | RegExp>>,
): Promise<void> {
  await expect
    .poll(() => rowsOf(table), { timeout: patienceMs })
    .toContainEqual(expect.objectContaining(matching(cells)));
}

function matching(cells: Readonly<Record<string, string | RegExp>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cells).map(([head, want]) => [
      head,
      typeof want === 'string' ? expect.stringContaining(want) : expect.stringMatching(want),
    ]),
  );
}

async function rowsOf(table: Locator): Promise<Record<string, string>[]> {
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const rows = await table.locator('tbody').getByRole('row').all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.getByRole('cell').or(row.getByRole('rowheader')).allInnerTexts();
      return Object.fromEntries(cells.map((text, index) => [heads[index]?.trim() ?? '', text]));
    }),
  );
}

export const expectVisible = (thing: Locator): Promise<void> =>
  thing.first().waitFor({ state: 'visible', timeout: patienceMs });

/** Focus, as a keyboard would find it. */
export const expectFocused = (thing: Locator): Promise<void> =>
  expect
    .poll(() => thing.evaluate((element) => element.matches(':focus')), { timeout: patienceMs })
    .toBe(true);

export const expectValue = (field: Locator, value: string): Promise<void> =>
  expect.poll(() => field.inputValue(), { timeout: patienceMs }).toBe(value);

export const expectGone = (thing: Locator): Promise<void> =>
  thing.first().waitFor({ state: 'hidden', timeout: patienceMs });

/** Nothing that keeps somebody from using the page, as axe judges it. */
export async function seriousViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run({ resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`),
    );
}

/** How many pixels the page can be moved sideways: none. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
