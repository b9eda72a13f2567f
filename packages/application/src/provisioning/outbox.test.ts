import { taskFacts } from '@yunheng/db/queries/provisioning';
import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { place } from '@yunheng/testkit/provisioning-rows';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relayOutbox } from './relay-outbox.ts';
import { sweepDue } from './sweep-due.ts';
import { terms } from './terms.ts';

const amounts = { cpu: 1000, memory: 1024 };
let world: ProvisioningWorld;
beforeEach(async () => {
  world = await openProvisioningWorld();
});
afterEach(() => world.close());

const stateOf = async (taskId: string) =>
  (await taskFacts(world.deps.store, taskId))?.task.state ?? null;
const wakes = () => world.deps.store.read.select().from(world.deps.store.tables.outbox);

describe('relay', () => {
  test('a wake-up is handed over once a lease, under a job id without a colon', async () => {
    const { taskId } = await world.approve({ kind: 'new', amounts });
    expect(await relayOutbox(world.deps, world.queue)).toBe(1);
    expect(await relayOutbox(world.deps, world.queue)).toBe(0);
    const [job] = world.queue.jobs;
    expect(job).toMatchObject({ taskId, delayMs: 0 });
    expect(job?.jobId).toMatch(/^out_[0-9a-z]+-1$/);
  });

  test('an emptied queue costs a lease, never an intent', async () => {
    const { taskId } = await world.approve({ kind: 'new', amounts });
    await relayOutbox(world.deps, world.queue);
    world.queue.jobs.length = 0;
    world.clock.advance(terms.handoverMs);
    expect(await relayOutbox(world.deps, world.queue)).toBe(1);
    expect(world.queue.jobs[0]?.jobId).toMatch(/-2$/);
    await world.settle();
    expect(await stateOf(taskId)).toBe('done');
  });

  test('a queue that does not take the job leaves the row to come up again', async () => {
    await world.approve({ kind: 'new', amounts });
    const broken = { ...world.queue, add: () => Promise.reject(new Error('no queue')) };
    await expect(relayOutbox(world.deps, broken)).rejects.toThrow('no queue');
    world.clock.advance(terms.handoverMs);
    expect(await relayOutbox(world.deps, world.queue)).toBe(1);
  });

  test('of one aggregate only the oldest unfinished row is handed over', async () => {
    const { allocationId, taskId } = await world.approve({ kind: 'new', amounts });
    const [first] = await wakes();
    await world.commit({
      inserts: [
        {
          table: 'outbox',
          row: {
            id: world.deps.ids.next('outbox'),
            topic: 'provision',
            aggregateId: allocationId,
            subjectId: taskId,
            wake: 0,
            createdAt: world.clock.business(),
            nextAt: 0,
            doneAt: null,
            version: 1,
          },
        },
      ],
    });
    expect(await relayOutbox(world.deps, world.queue)).toBe(1);
    expect(world.queue.jobs[0]?.jobId).toBe(`${first?.id}-1`);
  });

  test('a queue that is full gets nothing more', async () => {
    await world.approve({ kind: 'new', amounts });
    const full = { ...world.queue, waiting: async () => 1_000 };
    expect(await relayOutbox(world.deps, full)).toBe(0);
  });

  test('tasks of a cluster known to be away are left alone, and come up when it is back', async () => {
    const { taskId } = await world.approve({ kind: 'new', amounts });
    const setCluster = async (state: 'away' | 'ready') => {
      const { clusters } = world.deps.store.tables;
      const [row] = await world.deps.store.read.select().from(clusters);
      await world.commit({
        updates: [
          { table: 'clusters', key: place.cluster, version: row?.version ?? 0, set: { state } },
        ],
      });
    };
    world.cluster.faults.down = true;
    await world.run(taskId);
    await setCluster('away');
    world.clock.advance(10 * terms.handoverMs);
    expect(await relayOutbox(world.deps, world.queue)).toBe(0);
    world.cluster.faults.down = false;
    await setCluster('ready');
    expect(await relayOutbox(world.deps, world.queue)).toBe(1);
  });
});

describe('sweep', () => {
  test('a task past its deadline waits for a person, with a deadline of its own (P7)', async () => {
    const { taskId } = await world.approve({ kind: 'new', amounts });
    world.cluster.faults.down = true;
    await world.run(taskId);
    world.clock.advance(31 * terms.dayMs);
    expect(await sweepDue(world.deps, world.clusters)).toMatchObject({ overdue: 1 });
    const facts = await taskFacts(world.deps.store, taskId);
    expect(facts?.task).toMatchObject({ state: 'failed', errorCode: 'provisioning.deadline' });
    expect(facts?.task.deadlineAt).toBeGreaterThan(world.clock.business());
    expect(await sweepDue(world.deps, world.clusters)).toEqual({ overdue: 0, rewoken: 0 });
  });

  test('a task that lost its wake-up gets one, once', async () => {
    const { taskId } = await world.approve({ kind: 'new', amounts });
    const [wake] = await wakes();
    await world.commit({
      updates: [
        {
          table: 'outbox',
          key: wake?.id ?? '',
          version: wake?.version ?? 0,
          set: { doneAt: world.clock.business() },
        },
      ],
    });
    const swept = await Promise.all([
      sweepDue(world.deps, world.clusters),
      sweepDue(world.deps, world.clusters),
    ]);
    expect(swept.map(({ rewoken }) => rewoken).toSorted((left, right) => left - right)).toEqual([
      0, 1,
    ]);
    await world.settle();
    expect(await stateOf(taskId)).toBe('done');
  });
});
