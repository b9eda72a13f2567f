import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { place } from '@yunheng/testkit/provisioning-rows';
import { afterEach, describe, expect, test } from 'vitest';
import { allocatedAmounts } from './finish-rows.ts';
import { runTask } from './run-task.ts';
import { balancesOfOwner } from '@yunheng/db/queries/balances';
import { eventsOf } from '@yunheng/db/queries/requests';
import { taskFacts } from '@yunheng/db/queries/provisioning';

const amounts = { cpu: 8000, memory: 16_384, storage: 102_400 };
const hour = 3_600_000;

let world: ProvisioningWorld;
afterEach(() => world.close());

const facts = async (taskId: string) => {
  const found = await taskFacts(world.deps.store, taskId);
  if (found === null) throw new Error('no such task');
  return found;
};
const allocated = async (allocationId: string) =>
  allocatedAmounts(await balancesOfOwner(world.deps.store, allocationId));
const kinds = async (requestId: string) =>
  (await eventsOf(world.deps.store, requestId, null)).map(({ kind, params }) =>
    kind === 'task_step' ? `step ${String(params['step'])}` : kind,
  );
const opened = async (over: Parameters<typeof openProvisioningWorld>[0] = {}) => {
  world = await openProvisioningWorld(over);
  const request = await world.approve({ kind: 'new', amounts });
  await world.settle();
  expect((await facts(request.taskId)).task.state).toBe('done');
  return request;
};

describe('opening', () => {
  test('an approved request becomes a namespace, an allocation in both books and a grant, told step by step', async () => {
    const { requestId, taskId, allocationId } = await opened({ quotaDelayMs: 3 });
    const { task, allocation, request, wake } = await facts(taskId);
    expect(task).toMatchObject({ state: 'done', step: 'access', attempts: 0, errorCode: null });
    expect(request.state).toBe('fulfilled');
    expect(wake).toBeNull();
    const view = await world.cluster.observe(allocation.namespace);
    expect(view).toMatchObject({ uid: allocation.namespaceUid, allocationId, isolated: true });
    expect(view?.quota?.statusHard).toMatchObject(amounts);
    expect(allocation).toMatchObject({ state: 'active', desired: amounts });
    expect(allocation.activatedAt).toBe(Math.floor((allocation.activatedAt ?? 0) / 1000) * 1000);
    expect(await allocated(allocationId)).toEqual(amounts);
    expect(await kinds(requestId)).toEqual([
      'chain_complete',
      'task_queued',
      'step namespace',
      'step isolation',
      'step limits',
      'step quota',
      'step ready',
      'step access',
      'task_ready',
    ]);
    const { notices } = world.deps.store.tables;
    const told = await world.deps.store.read.select().from(notices);
    expect(told.filter((row) => row.code === 'request_fulfilled').map((row) => row.userId)).toEqual(
      [place.applicant, place.head],
    );
  });

  test('the steps reach the cluster in the order of law P3', async () => {
    await opened();
    expect(world.cluster.world.effects.map((effect) => effect.split(' ')[0])).toEqual([
      'namespace',
      'isolation',
      'limits',
      'quota',
      'access',
    ]);
  });

  test('a wake-up for a finished, unknown or foreign task changes nothing', async () => {
    const { taskId } = await opened();
    const before = world.cluster.world.effects.length;
    expect(await world.run(taskId)).toBe('resting');
    expect(await world.run('tsk_unknown')).toBe('unknown');
    expect(world.cluster.world.effects).toHaveLength(before);
  });

  test('a name that somebody else took is left alone and waits for an operator', async () => {
    world = await openProvisioningWorld();
    world.cluster.world.createNamespace('yh-rsj-jyfw-prod');
    const { taskId, requestId, allocationId } = await world.approve({ kind: 'new', amounts });
    await world.run(taskId);
    const { task, request } = await facts(taskId);
    expect(task).toMatchObject({
      state: 'failed',
      errorCode: 'provisioning.foreign_namespace',
      ownerRole: 'operator',
    });
    expect(task.deadlineAt).toBeGreaterThan(world.clock.business());
    expect(request.state).toBe('failed');
    expect(world.cluster.world.effects).toEqual([]);
    expect(await allocated(allocationId)).toEqual({});
    expect(await kinds(requestId)).toContain('task_failed');
  });

  test('an hour without the cluster costs no attempt, is told once, and ends by itself', async () => {
    world = await openProvisioningWorld();
    const { taskId, requestId } = await world.approve({ kind: 'new', amounts });
    world.cluster.faults.down = true;
    await world.settle(hour);
    expect((await facts(taskId)).task).toMatchObject({ state: 'waiting_cluster', attempts: 0 });
    expect((await kinds(requestId)).filter((kind) => kind === 'task_waiting_cluster')).toHaveLength(
      1,
    );
    world.cluster.faults.down = false;
    await world.settle();
    expect((await facts(taskId)).task).toMatchObject({ state: 'done', attempts: 0 });
  });

  test('only refusals by the apiserver cost attempts; after the fifth a person is asked', async () => {
    world = await openProvisioningWorld();
    const { taskId } = await world.approve({ kind: 'new', amounts });
    world.cluster.faults.next.push('throttled', 'conflict', 'unavailable');
    for (let pass = 0; pass < 3; pass++) await world.run(taskId);
    expect((await facts(taskId)).task.attempts).toBe(0);
    for (let refusal = 1; refusal <= 5; refusal++) {
      world.cluster.faults.next.push('refused');
      await world.run(taskId);
      expect((await facts(taskId)).task.attempts).toBe(refusal);
    }
    expect((await facts(taskId)).task).toMatchObject({
      state: 'failed',
      errorCode: 'provisioning.refused_by_cluster',
    });
  });

  test('a worker killed before or after any effect leaves what the next one completes', async () => {
    const effects = ['namespace', 'isolation', 'limits', 'quota', 'access'];
    for (const moment of ['before', 'after'] as const)
      for (const effect of effects) {
        world = await openProvisioningWorld();
        const { taskId, allocationId, requestId } = await world.approve({ kind: 'new', amounts });
        let armed = true;
        world.cluster.faults.onEffect = (at, label) => {
          if (!armed || at !== moment || !label.startsWith(effect)) return;
          armed = false;
          throw new Error('killed');
        };
        await expect(world.run(taskId)).rejects.toThrow('killed');
        await world.settle();
        const { task, allocation } = await facts(taskId);
        expect(task.state).toBe('done');
        expect(await allocated(allocationId)).toEqual(amounts);
        expect((await world.cluster.observe(allocation.namespace))?.uid).toBe(
          allocation.namespaceUid,
        );
        const told = (await kinds(requestId)).filter((kind) => kind.startsWith('step'));
        expect(told).toEqual([...new Set(told)]);
        expect(world.cluster.world.namespaces.size).toBe(1);
        await world.close();
      }
    world = await openProvisioningWorld();
  });

  test('of two workers at once one finishes, the ledger moves once', async () => {
    world = await openProvisioningWorld({ quotaDelayMs: 5 });
    const { taskId, allocationId } = await world.approve({ kind: 'new', amounts });
    await Promise.all([world.run(taskId), world.run(taskId), world.run(taskId)]);
    await world.settle();
    expect((await facts(taskId)).task.state).toBe('done');
    expect(await allocated(allocationId)).toEqual(amounts);
    const { ledgerTransfers } = world.deps.store.tables;
    const transfers = await world.deps.store.read.select().from(ledgerTransfers);
    expect(transfers.filter(({ causeKind }) => causeKind === 'allocate')).toHaveLength(1);
  });

  test('a namespace that is not ready in time is waited for without an attempt', async () => {
    world = await openProvisioningWorld();
    const { taskId } = await world.approve({ kind: 'new', amounts });
    const patience = { ...world.cluster, awaitReady: async () => null };
    await runTask(world.deps, { of: () => patience }, taskId);
    expect((await facts(taskId)).task).toMatchObject({
      state: 'running',
      step: 'quota',
      attempts: 0,
    });
    await world.settle();
    expect((await facts(taskId)).task.state).toBe('done');
  });
});

describe('changing', () => {
  test('an increase is in the cluster and in both books at once', async () => {
    const { allocationId } = await opened();
    const { taskId } = await world.approve({
      kind: 'change',
      allocationId,
      amounts: { cpu: 12_000 },
    });
    await world.settle();
    const { allocation, task } = await facts(taskId);
    expect(task.state).toBe('done');
    expect(allocation.desired).toEqual({ ...amounts, cpu: 12_000 });
    expect(await allocated(allocationId)).toEqual({ ...amounts, cpu: 12_000 });
    const view = await world.cluster.observe(allocation.namespace);
    expect(view?.quota?.hard).toMatchObject({ cpu: 12_000 });
  });

  test('a decrease below use waits for the department, frees nothing, and goes through when use allows it (L6)', async () => {
    const { allocationId } = await opened();
    const name = 'yh-rsj-jyfw-prod';
    world.cluster.world.runPod(name, { name: 'p', worker: 'w1', requests: { cpu: 6000 } });
    const { taskId, requestId } = await world.approve({
      kind: 'change',
      allocationId,
      amounts: { cpu: 4000 },
    });
    await world.settle(hour);
    expect((await facts(taskId)).task).toMatchObject({
      state: 'waiting_vacate',
      ownerRole: 'applicant',
      attempts: 0,
    });
    expect((await world.cluster.observe(name))?.quota?.hard).toMatchObject({ cpu: 8000 });
    expect(await allocated(allocationId)).toEqual(amounts);
    world.cluster.world.stopPods(name);
    await world.settle();
    expect((await facts(taskId)).task.state).toBe('done');
    expect((await world.cluster.observe(name))?.quota?.hard).toMatchObject({ cpu: 4000 });
    expect(await allocated(allocationId)).toEqual({ ...amounts, cpu: 4000 });
    expect((await kinds(requestId)).filter((kind) => kind === 'task_waiting_vacate')).toHaveLength(
      1,
    );
    const { auditEntries } = world.deps.store.tables;
    const entries = await world.deps.store.read.select().from(auditEntries);
    const waits = entries.filter(({ action }) => action === 'provisioning.in_use');
    expect(waits).toHaveLength(1);
  });

  test('pods that start between look and write lift the limit again (L6)', async () => {
    const { allocationId } = await opened();
    const name = 'yh-rsj-jyfw-prod';
    const { taskId } = await world.approve({
      kind: 'change',
      allocationId,
      amounts: { cpu: 4000 },
    });
    world.cluster.faults.onEffect = (moment, effect) => {
      if (moment !== 'before' || !effect.startsWith('quota')) return;
      world.cluster.faults.onEffect = () => undefined;
      world.cluster.world.runPod(name, { name: 'late', worker: 'w1', requests: { cpu: 5000 } });
    };
    await world.run(taskId);
    const first = (await facts(taskId)).task.state;
    expect(first).toBe('waiting_vacate');
    expect((await world.cluster.observe(name))?.quota?.hard).toMatchObject({ cpu: 8000 });
    expect(await allocated(allocationId)).toEqual(amounts);
  });

  test('a stale actor of an older generation does nothing (P5)', async () => {
    const { allocationId } = await opened();
    const { taskId } = await world.approve({
      kind: 'change',
      allocationId,
      amounts: { cpu: 9000 },
    });
    const namespace = world.cluster.world.namespaces.get('yh-rsj-jyfw-prod');
    if (namespace?.quota) namespace.quota.generation = 99;
    await world.run(taskId);
    expect((await facts(taskId)).task).toMatchObject({ state: 'queued', attempts: 0 });
    expect(namespace?.quota?.hard).toMatchObject({ cpu: 8000 });
  });
});

describe('releasing', () => {
  test('capacity comes back only when the namespace of that UID is gone', async () => {
    const { allocationId } = await opened({ deletionMs: 20 });
    const { taskId, requestId } = await world.approve({ kind: 'release', allocationId });
    await world.run(taskId);
    expect((await facts(taskId)).allocation.state).toBe('deleting');
    expect(await allocated(allocationId)).toEqual(amounts);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await world.settle();
    const { task, allocation, request } = await facts(taskId);
    expect(task).toMatchObject({ state: 'done', step: 'gone' });
    expect(allocation).toMatchObject({ state: 'removed', desired: {} });
    expect(request.state).toBe('fulfilled');
    expect(await allocated(allocationId)).toEqual({ cpu: 0, memory: 0, storage: 0 });
    expect(await world.cluster.observe(allocation.namespace)).toBeNull();
    const told = await kinds(requestId);
    expect(told).toContain('task_suspended');
    expect(told).toContain('task_removed');
    const grants = await world.deps.store.read.select().from(world.deps.store.tables.quotaGrants);
    expect(grants.every((grant) => grant.effectiveTo !== null)).toBe(true);
  });

  test('the grace days are kept, whatever happens to the cluster meanwhile', async () => {
    const { allocationId } = await opened({ graceDays: 7 });
    const { taskId } = await world.approve({ kind: 'release', allocationId });
    await world.run(taskId);
    const name = 'yh-rsj-jyfw-prod';
    expect((await facts(taskId)).task.state).toBe('grace');
    expect((await facts(taskId)).allocation.state).toBe('suspended');
    expect((await world.cluster.observe(name))?.quota?.suspended).toBe(true);
    world.clock.advance(2 * 86_400_000);
    world.cluster.faults.down = true;
    await world.run(taskId);
    world.cluster.faults.down = false;
    await world.run(taskId);
    expect((await facts(taskId)).task.state).toBe('grace');
    expect((await world.cluster.observe(name))?.phase).toBe('active');
    world.clock.advance(5 * 86_400_000);
    await world.settle();
    expect((await facts(taskId)).task.state).toBe('done');
  });

  test('a worker killed before or after any effect of a release leaves what the next one completes', async () => {
    for (const moment of ['before', 'after'] as const)
      for (const effect of ['suspend', 'delete']) {
        const { allocationId } = await opened();
        const { taskId } = await world.approve({ kind: 'release', allocationId });
        let armed = true;
        world.cluster.faults.onEffect = (at, label) => {
          if (!armed || at !== moment || !label.startsWith(effect)) return;
          armed = false;
          throw new Error('killed');
        };
        await expect(world.run(taskId)).rejects.toThrow('killed');
        await world.settle();
        expect((await facts(taskId)).allocation.state).toBe('removed');
        expect(await allocated(allocationId)).toEqual({ cpu: 0, memory: 0, storage: 0 });
        await world.close();
      }
    world = await openProvisioningWorld();
  });

  test('a namespace that somebody made anew under the name is never deleted', async () => {
    const { allocationId } = await opened();
    const name = 'yh-rsj-jyfw-prod';
    const foreign = world.cluster.world.createNamespace(name);
    const { taskId } = await world.approve({ kind: 'release', allocationId });
    await world.settle();
    expect((await facts(taskId)).task.state).toBe('done');
    expect((await world.cluster.observe(name))?.uid).toBe(foreign.uid);
  });
});
