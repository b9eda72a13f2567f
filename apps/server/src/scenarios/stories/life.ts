import { expect } from 'vitest';
import { allocatedAmounts } from '@yunheng/application/provisioning/finish-rows';
import { restoreRelease } from '@yunheng/application/provisioning/restore-release';
import { balancesOfOwner } from '@yunheng/db/queries/balances';
import {
  allocationOf,
  approve,
  callOf,
  done,
  freeIn,
  fulfilled,
  reached,
  read,
  submitted,
  taskOf,
  taskReached,
  timeline,
} from '../desk.ts';
import type { PersonName } from '@yunheng/testkit/people';
import type { Story } from '../story.ts';
import { graceDays, type World } from '../world.ts';

const day = 86_400_000;
const amounts = { cpu: 8000, memory: 16_384 };

const pool = 'sheng-x86-general';

async function allocated(world: World, allocationId: string) {
  return allocatedAmounts(await balancesOfOwner(world.deps.store, allocationId));
}

async function restore(world: World, person: PersonName, id: string) {
  const { version } = await read(world, id);
  const input = { id, version, reason: '业务仍在使用' };
  return restoreRelease(world.deps, await callOf(world, person), input);
}

export const life: readonly Story[] = [
  {
    name: 'new: a department asks, two people approve, and the namespace equals what was asked',
    async play(world) {
      const system = world.newSystem();
      const free = await freeIn(world, pool, 'cpu');
      const id = await fulfilled(world, { kind: 'new', system: `rsj/${system}`, amounts });
      const allocation = await allocationOf(world, id);
      expect(allocation).toMatchObject({
        state: 'active',
        desired: amounts,
        namespace: `yh-rsj-${system}-prod`,
      });
      const view = await world.sheng.observe(allocation.namespace);
      expect(view).toMatchObject({ uid: allocation.namespaceUid, pool, isolated: true });
      expect(view?.quota?.statusHard).toMatchObject(amounts);
      expect(await allocated(world, allocation.id)).toEqual(amounts);
      expect(await freeIn(world, pool, 'cpu')).toBe(free - amounts.cpu);
      const steps = ['namespace', 'isolation', 'limits', 'quota', 'ready', 'access'];
      expect(await timeline(world, id)).toEqual([
        'submitted',
        'step_approved',
        'step_approved',
        'chain_complete',
        'task_queued',
        ...steps.map((step) => `step ${step}`),
        'task_ready',
      ]);
    },
  },
  {
    name: 'change up: the quota grows in place, in the same namespace',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const before = await allocationOf(world, first);
      const more = { cpu: 12_000 };
      const change = { kind: 'change', system, allocationId: before.id, amounts: more } as const;
      await fulfilled(world, change);
      const after = await allocationOf(world, first);
      expect(after).toMatchObject({ id: before.id, namespaceUid: before.namespaceUid });
      expect(after.desired).toEqual({ ...amounts, ...more });
      const view = await world.sheng.observe(after.namespace);
      expect(view?.quota?.statusHard).toMatchObject({ ...amounts, ...more });
      expect(await allocated(world, after.id)).toEqual({ ...amounts, ...more });
    },
  },
  {
    name: 'change down: what is in use is not given away until it is vacated (L6)',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const { id: allocationId, namespace } = await allocationOf(world, first);
      await world.outside.runPod('sheng', namespace, 6);
      const less = { cpu: 4000 };
      const change = { kind: 'change', system, allocationId, amounts: less } as const;
      const id = await submitted(world, change);
      await approve(world, id);
      await taskReached(world, id, 'waiting_vacate');
      expect((await world.sheng.observe(namespace))?.quota?.hard).toMatchObject(amounts);
      expect(await allocated(world, allocationId)).toEqual(amounts);
      expect((await taskOf(world, id)).ownerRole).toBe('applicant');

      await world.outside.stopPods('sheng', namespace);
      world.clock.advance(61_000);
      await reached(world, id, 'fulfilled');
      expect((await world.sheng.observe(namespace))?.quota?.statusHard).toMatchObject(less);
      expect(await allocated(world, allocationId)).toEqual({ ...amounts, ...less });
      expect(await timeline(world, id)).toContain('task_waiting_vacate');
    },
  },
  {
    name: 'restore: a release is taken back in its grace days, and the namespace is in use as before',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const { id: allocationId, namespace, namespaceUid } = await allocationOf(world, first);
      const free = await freeIn(world, pool, 'cpu');
      const id = await submitted(world, { kind: 'release', system, allocationId });
      await approve(world, id);
      await taskReached(world, id, 'grace');
      world.clock.advance((graceDays - 1) * day);
      await world.sweep();
      done(await restore(world, 'rsj-applicant', id));
      expect((await reached(world, id, 'withdrawn')).number).not.toBeNull();
      expect(await allocationOf(world, id)).toMatchObject({ state: 'active', desired: amounts });
      expect(await world.sheng.observe(namespace)).toMatchObject({
        uid: namespaceUid,
        quota: { suspended: false, statusHard: amounts },
      });
      expect(await freeIn(world, pool, 'cpu')).toBe(free);
      expect(await allocated(world, allocationId)).toEqual(amounts);

      // The days that were granted then are over now: nothing comes of them.
      world.clock.advance(2 * day);
      await world.sweep();
      expect(await world.outside.look('sheng', namespace)).toMatchObject({ uid: namespaceUid });
      const told = await timeline(world, id);
      expect(told.slice(told.indexOf('task_taken_back'))).toEqual([
        'task_taken_back',
        'step namespace',
        'step quota',
        'step ready',
        'task_restored',
      ]);
      expect(await restore(world, 'operator', id)).toMatchObject({
        error: { code: 'request.wrong_state' },
      });
    },
  },
  {
    name: 'release: suspended first, deleted after the grace days, capacity back only then (P3)',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const free = await freeIn(world, pool, 'cpu');
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const { id: allocationId, namespace, namespaceUid } = await allocationOf(world, first);
      const id = await submitted(world, { kind: 'release', system, allocationId });
      await approve(world, id);
      await taskReached(world, id, 'grace');
      const suspended = await world.sheng.observe(namespace);
      expect(suspended).toMatchObject({ uid: namespaceUid, quota: { suspended: true } });
      world.clock.advance(graceDays * day - 3_600_000);
      await world.sweep();
      expect(await taskOf(world, id)).toMatchObject({ state: 'grace' });
      expect(await freeIn(world, pool, 'cpu')).toBe(free - amounts.cpu);

      world.clock.advance(2 * 3_600_000);
      await reached(world, id, 'fulfilled');
      expect(await world.outside.look('sheng', namespace)).toBeNull();
      expect(await freeIn(world, pool, 'cpu')).toBe(free);
      expect(await allocated(world, allocationId)).toEqual({ cpu: 0, memory: 0 });
      expect((await allocationOf(world, id)).state).toBe('removed');
    },
  },
];
