import { expect } from 'vitest';
import { restoreRelease } from '@yunheng/application/provisioning/restore-release';
import { retryTask } from '@yunheng/application/provisioning/retry-task';
import { runTask } from '@yunheng/application/provisioning/run-task';
import type { Moment } from '@yunheng/testkit/fake-faults';
import {
  allocationOf,
  approve,
  callOf,
  done,
  fulfilled,
  reached,
  read,
  submitted,
  taskOf,
  taskReached,
  timeline,
} from '../desk.ts';
import { Killed } from '../machinery.ts';
import type { Story } from '../story.ts';
import { graceDays, type World } from '../world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A wake-up that nobody answered is given out again after so long. */
const handover = minute + 1_000;
const amounts = { cpu: 2000, memory: 4096 };
const openingSteps = ['namespace', 'isolation', 'limits', 'quota', 'ready', 'access'];

const newRequest = (world: World) =>
  submitted(world, { kind: 'new', system: `rsj/${world.newSystem()}`, amounts });

/** Every step is told once, however often it was tried. */
async function toldOnce(world: World, id: string): Promise<void> {
  const steps = (await timeline(world, id)).filter((kind) => kind.startsWith('step '));
  expect(steps).toEqual(openingSteps.map((step) => `step ${step}`));
}

/** Kills the worker once at each of these points, and answers with how many are left. */
function killAt(world: World, points: readonly string[]): ReadonlySet<string> {
  const left = new Set(points);
  world.sheng.disturbance.onEffect = (moment: Moment, effect) => {
    const point = `${moment} ${effect.split(' ')[0] ?? ''}`;
    if (left.delete(point)) throw new Killed(point);
  };
  return left;
}

export const trouble: readonly Story[] = [
  {
    name: 'a foreign namespace has the name: left alone, until a person removes it and sends the work on (P4)',
    async play(world) {
      const system = world.newSystem();
      const namespace = `yh-rsj-${system}-prod`;
      await world.outside.createNamespace('sheng', namespace);
      const foreign = await world.outside.look('sheng', namespace);
      const id = await submitted(world, { kind: 'new', system: `rsj/${system}`, amounts });
      await approve(world, id);
      await reached(world, id, 'failed');
      expect(await taskOf(world, id)).toMatchObject({
        state: 'failed',
        errorCode: 'provisioning.foreign_namespace',
        ownerRole: 'operator',
      });
      expect(await world.outside.look('sheng', namespace)).toEqual({ ...foreign, managed: false });

      await world.outside.removeNamespace('sheng', namespace);
      const { version } = await read(world, id);
      done(await retryTask(world.deps, await callOf(world, 'operator'), { id, version }));
      await reached(world, id, 'fulfilled');
      const made = await world.outside.look('sheng', namespace);
      expect(made).toMatchObject({ managed: true });
      expect(made?.uid).not.toBe(foreign?.uid);
    },
  },
  {
    name: 'the cluster is away for an hour in mid-provisioning: no attempt is spent, and it ends by itself',
    async play(world) {
      world.sheng.disturbance.onEffect = (moment, effect) => {
        if (moment === 'after' && effect.startsWith('limits')) world.sheng.disturbance.down = true;
      };
      const id = await newRequest(world);
      await approve(world, id);
      await taskReached(world, id, 'waiting_cluster');
      for (let quarter = 0; quarter < 4; quarter++) {
        world.clock.advance(15 * minute);
        await world.sweep();
      }
      expect(await taskOf(world, id)).toMatchObject({ state: 'waiting_cluster', attempts: 0 });
      world.calm();
      await world.sweep();
      world.clock.advance(handover);
      await reached(world, id, 'fulfilled');
      expect(await taskOf(world, id)).toMatchObject({ state: 'done', attempts: 0 });
      const waits = (await timeline(world, id)).filter((kind) => kind === 'task_waiting_cluster');
      expect(waits).toHaveLength(1);
      await toldOnce(world, id);
    },
  },
  {
    name: 'the queue is emptied in mid-provisioning: seconds are lost, never the intent',
    async play(world) {
      const left = killAt(world, ['after isolation']);
      const id = await newRequest(world);
      await approve(world, id);
      await world.until('the worker is gone', async () => left.size === 0);
      await world.loseQueue();
      world.clock.advance(handover);
      await reached(world, id, 'fulfilled');
      await toldOnce(world, id);
    },
  },
  {
    name: 'the worker is killed before and after each effect of an opening: the next one goes on from there',
    async play(world) {
      const points = ['namespace', 'isolation', 'limits', 'quota', 'access'].flatMap((step) => [
        `before ${step}`,
        `after ${step}`,
      ]);
      const left = killAt(world, points);
      const id = await newRequest(world);
      await approve(world, id);
      for (let killed = 1; killed <= points.length; killed++) {
        await world.until(`kill ${killed}`, async () => left.size <= points.length - killed);
        world.clock.advance(handover);
      }
      await reached(world, id, 'fulfilled');
      await toldOnce(world, id);
      expect(await taskOf(world, id)).toMatchObject({ state: 'done', attempts: 0 });
      const { namespace, namespaceUid } = await allocationOf(world, id);
      expect((await world.sheng.observe(namespace))?.uid).toBe(namespaceUid);
    },
  },
  {
    name: 'the worker is killed before and after each effect of a release: gone once, capacity back once',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const { id: allocationId, namespace } = await allocationOf(world, first);
      const points = ['suspend', 'delete'].flatMap((step) => [`before ${step}`, `after ${step}`]);
      const left = killAt(world, points);
      const id = await submitted(world, { kind: 'release', system, allocationId });
      await approve(world, id);
      for (let killed = 1; killed <= points.length; killed++) {
        await world.until(`kill ${killed}`, async () => left.size <= points.length - killed);
        world.clock.advance(handover);
        if (killed === 2) {
          await taskReached(world, id, 'grace');
          world.clock.advance(graceDays * day);
        }
      }
      await reached(world, id, 'fulfilled');
      expect(await world.outside.look('sheng', namespace)).toBeNull();
      expect((await allocationOf(world, id)).state).toBe('removed');
    },
  },
  {
    name: 'the worker is killed before and after it restores a release that was taken back: restored once',
    async play(world) {
      const system = `rsj/${world.newSystem()}`;
      const first = await fulfilled(world, { kind: 'new', system, amounts });
      const { id: allocationId, namespace, namespaceUid } = await allocationOf(world, first);
      const id = await submitted(world, { kind: 'release', system, allocationId });
      await approve(world, id);
      await taskReached(world, id, 'grace');
      const left = killAt(world, ['before restore', 'after restore']);
      const { version } = await read(world, id);
      const input = { id, version, reason: '仍在使用' };
      done(await restoreRelease(world.deps, await callOf(world, 'operator'), input));
      for (let killed = 1; killed <= 2; killed++) {
        await world.until(`kill ${killed}`, async () => left.size <= 2 - killed);
        world.clock.advance(handover);
      }
      await reached(world, id, 'withdrawn');
      const told = await timeline(world, id);
      const steps = told
        .slice(told.indexOf('task_taken_back'))
        .filter((kind) => kind.startsWith('step '));
      expect(steps).toEqual(['step namespace', 'step quota', 'step ready']);
      expect(await world.sheng.observe(namespace)).toMatchObject({
        uid: namespaceUid,
        quota: { suspended: false, statusHard: amounts },
      });
      expect((await allocationOf(world, id)).state).toBe('active');
    },
  },
  {
    name: 'two workers have the same task: one namespace, one allocation, every step told once (P5)',
    async play(world) {
      const id = await newRequest(world);
      await approve(world, id);
      const { deps, clusters } = world;
      const { id: taskId } = await taskOf(world, id);
      await Promise.all([1, 2, 3].map(() => runTask(deps, clusters, taskId)));
      await reached(world, id, 'fulfilled');
      await toldOnce(world, id);
      const { namespace, namespaceUid } = await allocationOf(world, id);
      expect((await world.sheng.observe(namespace))?.uid).toBe(namespaceUid);
    },
  },
  {
    name: 'the clock steps forward past the deadline: the work waits for a person, who sends it on (P7)',
    async play(world) {
      world.sheng.disturbance.down = true;
      const id = await newRequest(world);
      await approve(world, id);
      await taskReached(world, id, 'waiting_cluster');
      world.clock.advance(4 * day);
      await world.sweep();
      await reached(world, id, 'failed');
      expect(await taskOf(world, id)).toMatchObject({
        errorCode: 'provisioning.deadline',
        attempts: 0,
      });
      world.calm();
      await world.sweep();
      const { version } = await read(world, id);
      done(await retryTask(world.deps, await callOf(world, 'operator'), { id, version }));
      await reached(world, id, 'fulfilled');
      await toldOnce(world, id);
    },
  },
];
