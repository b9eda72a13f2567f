import { expect } from 'vitest';
import { submitRequest } from '@yunheng/application/requests/submit';
import { withdrawRequest } from '@yunheng/application/requests/withdraw';
import { holdsOf, linesOf } from '@yunheng/db/queries/requests';
import { contentOf } from '@yunheng/testkit/carry-request';
import {
  allocationOf,
  approve,
  callOf,
  decide,
  done,
  freeIn,
  poolNamed,
  reached,
  read,
  submitted,
  timeline,
} from '../desk.ts';
import type { Story } from '../story.ts';

const day = 86_400_000;
const amounts = { cpu: 8000, memory: 16_384 };
const pool = 'sheng-x86-general';

export const review: readonly Story[] = [
  {
    name: 'returned and resubmitted: what was held goes back, the next revision holds anew',
    async play(world) {
      const wish = { kind: 'new', system: `rsj/${world.newSystem()}`, amounts } as const;
      const free = await freeIn(world, pool, 'cpu');
      const id = await submitted(world, wish);
      const opinion = '请减少内存';
      done(await decide(world, 'rsj-head', { id, decision: 'return', opinion }));
      expect(await read(world, id)).toMatchObject({ state: 'returned', revision: 1 });
      expect(await freeIn(world, pool, 'cpu')).toBe(free);

      const smaller = { ...wish, amounts: { ...amounts, memory: 8192 } };
      const again = await submitRequest(world.deps, await callOf(world, 'rsj-applicant'), {
        id,
        version: (await read(world, id)).version,
        content: contentOf(world, smaller),
        idempotencyKey: world.deps.ids.next('httpRequest'),
      });
      expect(done(again).id).toBe(id);
      expect(await read(world, id)).toMatchObject({ state: 'in_review', revision: 2 });
      await approve(world, id);
      await reached(world, id, 'fulfilled');
      expect((await allocationOf(world, id)).desired).toEqual(smaller.amounts);
    },
  },
  {
    name: 'rejected: the end, and nothing stays held',
    async play(world) {
      const free = await freeIn(world, pool, 'cpu');
      const id = await submitted(world, {
        kind: 'new',
        system: `rsj/${world.newSystem()}`,
        amounts,
      });
      expect(await freeIn(world, pool, 'cpu')).toBe(free - amounts.cpu);
      const silent = await decide(world, 'rsj-head', { id, decision: 'reject' });
      expect(silent).toMatchObject({ error: { code: 'approval.opinion_required' } });
      done(await decide(world, 'rsj-head', { id, decision: 'reject', opinion: '没有依据' }));
      expect((await read(world, id)).state).toBe('rejected');
      expect(await freeIn(world, pool, 'cpu')).toBe(free);
      const undo = await decide(world, 'operator', { id });
      expect(undo).toMatchObject({ error: { code: 'approval.already_decided' } });
    },
  },
  {
    name: 'withdrawn: the applicant takes it back and the hold is released in the same commit',
    async play(world) {
      const free = await freeIn(world, pool, 'cpu');
      const id = await submitted(world, {
        kind: 'new',
        system: `rsj/${world.newSystem()}`,
        amounts,
      });
      const { version } = await read(world, id);
      const call = await callOf(world, 'rsj-applicant');
      done(await withdrawRequest(world.deps, call, { id, version, reason: '不再需要' }));
      expect((await read(world, id)).state).toBe('withdrawn');
      expect(await freeIn(world, pool, 'cpu')).toBe(free);
      const holds = await holdsOf(world.deps.store, id);
      expect(holds.map(({ state }) => state)).toEqual(['released', 'released']);
    },
  },
  {
    name: 'hold expired: the request stays in review, and the next decision holds again',
    async play(world) {
      const free = await freeIn(world, pool, 'cpu');
      const wish = { kind: 'new', system: `rsj/${world.newSystem()}`, amounts } as const;
      const id = await submitted(world, wish);
      world.clock.advance(21 * day);
      await world.sweep();
      expect(await timeline(world, id)).toContain('hold_expired');
      expect((await read(world, id)).state).toBe('in_review');
      expect(await freeIn(world, pool, 'cpu')).toBe(free);

      done(await decide(world, 'rsj-head', { id }));
      expect(await freeIn(world, pool, 'cpu')).toBe(free - amounts.cpu);
      const holds = await holdsOf(world.deps.store, id);
      expect(holds.filter(({ state }) => state === 'live').map(({ attempt }) => attempt)).toEqual([
        2, 2,
      ]);
      done(await decide(world, 'operator', { id }));
      await reached(world, id, 'fulfilled');
      expect(await timeline(world, id)).toContain('hold_renewed');
    },
  },
  {
    name: 'moved: the operator sends the request to another pool, and it is carried out there',
    async play(world) {
      const [here, there] = [pool, 'gz-x86-general'];
      const free = {
        here: await freeIn(world, here, 'cpu'),
        there: await freeIn(world, there, 'cpu'),
      };
      const wish = { kind: 'new', system: `rsj/${world.newSystem()}`, amounts } as const;
      const id = await submitted(world, wish);
      done(await decide(world, 'rsj-head', { id }));
      const { store } = world.deps;
      const { id: poolId } = await poolNamed(store, there);
      const lines = await linesOf(store, id, 1);
      const moves = lines.map((line) => ({ lineId: line.id, poolId }));
      const asHead = await decide(world, 'rsj-head', { id, moves });
      expect(asHead.ok).toBe(false);
      done(await decide(world, 'operator', { id, moves }));
      await reached(world, id, 'fulfilled');
      const { namespace, poolId: landed } = await allocationOf(world, id);
      expect(landed).toBe(poolId);
      expect(await world.outside.look('sheng', namespace)).toBeNull();
      expect((await world.shi.observe(namespace))?.pool).toBe(there);
      expect(await freeIn(world, here, 'cpu')).toBe(free.here);
      expect(await freeIn(world, there, 'cpu')).toBe(free.there - amounts.cpu);
      expect(await timeline(world, id)).toContain('hold_moved');
    },
  },
];
