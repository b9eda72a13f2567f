import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chapters } from './stories.ts';
import type { World } from './world.ts';

/** Plays every story in one world, one after the other, and then looks whether every law still holds there. */
export function playAll(title: string, open: () => Promise<World>): void {
  describe(title, () => {
    let world: World;
    beforeAll(async () => {
      world = await open();
    });
    afterEach(() => world.calm());
    afterAll(() => world.close());

    for (const [chapter, stories] of Object.entries(chapters)) {
      describe(chapter, () => {
        test.each(stories)('$name', (story) => story.play(world));
      });
    }

    test('after all of it every law holds', async () => {
      await world.seal();
      const { laws } = await verifyLaws(world.deps, world.clusters);
      const swept = laws.filter((law) => law.shownBy === null);
      expect(swept.filter((law) => law.ok !== true)).toEqual([]);
      expect(swept.filter((law) => law.checked === 0)).toEqual([]);
    });
  });
}
