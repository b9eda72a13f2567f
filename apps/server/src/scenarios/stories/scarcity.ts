import { expect } from 'vitest';
import { withdrawRequest } from '@yunheng/application/requests/withdraw';
import type { ShortfallView } from '@yunheng/application/requests/refusal';
import { submit, type Wish } from '@yunheng/testkit/carry-request';
import { callOf, done, freeIn, fulfilled, read, submitted } from '../desk.ts';
import type { Story } from '../story.ts';
import type { World } from '../world.ts';

const pool = 'sheng-arm-npu';
const kindOfPool = { arch: 'arm64', poolClass: 'npu' } as const;

const cards = (world: World, department: 'rsj' | 'wjw', npu: number): Wish => ({
  kind: 'new',
  system: `${department}/${world.newSystem()}`,
  kindOfPool,
  amounts: { npu },
});

async function withdraw(
  world: World,
  id: string,
  department: 'rsj' | 'wjw' = 'rsj',
): Promise<void> {
  const { version } = await read(world, id);
  const call = await callOf(world, `${department}-applicant`);
  done(await withdrawRequest(world.deps, call, { id, version, reason: '' }));
}

export const scarcity: readonly Story[] = [
  {
    name: 'refused for capacity: account, balance, who holds the rest, and what would pass (L5)',
    async play(world) {
      const waiting = await submitted(world, cards(world, 'wjw', 6));
      const free = await freeIn(world, pool, 'npu');
      const answer = await submit(world, cards(world, 'rsj', free + 2));
      expect(answer).toMatchObject({
        ok: false,
        error: {
          code: 'request.capacity_short',
          params: { scope: pool, resource: 'npu', free, needed: free + 2, missing: 2 },
        },
      });
      const details = (answer.ok ? [] : answer.error.details) as readonly ShortfallView[]; // shape of L5's refusals
      // Another department's request is counted, not named.
      expect(details).toMatchObject([
        {
          book: 'capacity',
          free,
          missing: 2,
          holders: [{ kind: 'held', label: null, requestId: null, count: 1, amount: 6 }],
        },
      ]);
      expect(details[0]?.account).toMatch(/^capacity\/.+\/free$/u);
      expect(await freeIn(world, pool, 'npu')).toBe(free);

      // What the refusal said would pass, passes.
      const id = await submitted(world, cards(world, 'rsj', free));
      expect(await freeIn(world, pool, 'npu')).toBe(0);
      await withdraw(world, id);
      await withdraw(world, waiting, 'wjw');
    },
  },
  {
    name: 'refused for quota: the department has used up what it is entitled to',
    async play(world) {
      const most = { cpu: 600_000, memory: 1024 };
      const system = () => `wjw/${world.newSystem()}`;
      await fulfilled(world, { kind: 'new', system: system(), node: 'gz', amounts: most });
      const more = { cpu: 500_000, memory: 1024 };
      const answer = await submit(world, { kind: 'new', system: system(), amounts: more });
      expect(answer).toMatchObject({
        ok: false,
        error: {
          code: 'request.quota_short',
          params: { resource: 'cpu', free: 400_000, needed: 500_000, missing: 100_000 },
        },
      });
    },
  },
  {
    name: 'two systems ask for the last card at the same moment: one gets it, one is told why not',
    async play(world) {
      const free = await freeIn(world, pool, 'npu');
      const rest = await submitted(world, cards(world, 'rsj', free - 1));
      const answers = await Promise.all([
        submit(world, cards(world, 'rsj', 1)),
        submit(world, cards(world, 'wjw', 1)),
      ]);
      const [won, ...others] = answers.filter(({ ok }) => ok);
      expect(others).toEqual([]);
      expect(answers.filter(({ ok }) => !ok)).toMatchObject([
        { error: { code: 'request.capacity_short', params: { free: 0, missing: 1 } } },
      ]);
      expect(await freeIn(world, pool, 'npu')).toBe(0);
      await withdraw(world, rest);
      if (won?.ok === true) await withdraw(world, won.value.id, won === answers[0] ? 'rsj' : 'wjw');
      expect(await freeIn(world, pool, 'npu')).toBe(free);
    },
  },
];
