import { approved, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  done,
  overtaken,
  quotaOf,
  refused,
  taskOf,
} from '@yunheng/testkit/request-desk';
import type { PersonName } from '@yunheng/testkit/people';
import { allocationById, eventsOf } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookAtChains, lookAtOutcomes, lookAtSpending } from '../audit/verify/approval-laws.ts';
import { lookAtDoubleEntry, lookAtHolds } from '../audit/verify/ledger-laws.ts';
import { lookAtDeadlines } from '../audit/verify/waiting-laws.ts';
import type { Deps } from '../deps.ts';
import { getRequest } from '../requests/get-request.ts';
import { issueKubeconfig } from './issue-kubeconfig.ts';
import { restoreRelease } from './restore-release.ts';
import { retryTask } from './retry-task.ts';
import { runTask } from './run-task.ts';
import { sweepNamespaces } from './sweep-namespaces.ts';
import { sweepOrder } from './sweep-order.ts';
import { sweepProjection } from './sweep-projection.ts';

const day = 86_400_000;
const minute = 60_000;
const namespace = 'yh-rsj-jyfw-prod';
const amounts = { cpu: 4000, memory: 8192 };
const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts };

let office: Office;
let allocationId: string;
let release: Wish;
beforeEach(async () => {
  office = await openOffice({ graceDays: 7 });
  const { id } = await approved(office, wish);
  await office.settle(minute);
  ({ allocationId } = await taskOf(office, id));
  release = { ...wish, kind: 'release', allocationId, amounts: {} };
});
afterEach(async () => {
  expect(await broken()).toEqual([]);
  await office.close();
});

/** Whatever was taken back or not: no law of ledger, approval or provisioning is hurt. */
async function broken(): Promise<readonly unknown[]> {
  const { deps, clusters } = office;
  const looked = [
    ...(await Promise.all(
      [lookAtDoubleEntry, lookAtHolds, lookAtChains, lookAtOutcomes, lookAtSpending].map((look) =>
        look(deps.store),
      ),
    )),
    await lookAtDeadlines(deps),
    await sweepNamespaces(deps, clusters),
    await sweepProjection(deps, clusters),
    await sweepOrder(deps, clusters),
  ];
  return looked.flatMap(({ findings }): readonly unknown[] => findings);
}

async function suspended(): Promise<string> {
  const { id } = await approved(office, release);
  await office.settle(minute);
  expect((await taskOf(office, id)).state).toBe('grace');
  expect((await office.sheng.observe(namespace))?.quota?.suspended).toBe(true);
  return id;
}

const restore = async (
  id: string,
  over: { who?: PersonName; reason?: string; deps?: Deps; version?: number } = {},
) => {
  const { who = 'operator', reason = '仍在使用', deps = office.deps } = over;
  const version = over.version ?? (await read(office, id)).version;
  return restoreRelease(deps, office.as(who), { id, version, reason });
};
const allocationNow = () => allocationById(office.deps.store, wholeProvince, allocationId);
const kubeconfig = () =>
  issueKubeconfig({ ...office.deps, clusters: office.clusters }, office.as('rsj-applicant'), {
    allocationId,
    minutes: 10,
  });

describe('a release that is taken back in its grace days', () => {
  test('puts the namespace back as it was: same UID, same limits, ledger untouched', async () => {
    const id = await suspended();
    const before = await office.sheng.observe(namespace);
    expect((await kubeconfig()).ok).toBe(false);
    done(await restore(id));
    await office.settle(minute);
    const view = await office.sheng.observe(namespace);
    expect(view).toMatchObject({ uid: before?.uid, quota: { suspended: false, hard: amounts } });
    expect(await allocationNow()).toMatchObject({
      state: 'active',
      desired: amounts,
      generation: 3,
    });
    expect((await read(office, id)).state).toBe('withdrawn');
    expect(await capacityOf(office, 'sheng-x86-general')).toEqual({
      free: 296_000,
      held: 0,
      taken: 4000,
    });
    expect((await quotaOf(office, 'rsj')).taken).toBe(4000);
    expect((await kubeconfig()).ok).toBe(true);
  });

  test('is told in the timeline, to the people concerned, and in the audit, with its reason', async () => {
    const id = await suspended();
    done(await restore(id));
    await office.settle(minute);
    const { store } = office.deps;
    const told = (await eventsOf(store, id, null)).slice(-5);
    expect(told.map(({ kind, params }) => params['step'] ?? kind)).toEqual([
      'task_taken_back',
      'namespace',
      'quota',
      'ready',
      'task_restored',
    ]);
    expect(told[0]?.params).toEqual({ namespace, reason: '仍在使用' });
    const notices = await store.read.select().from(store.tables.notices);
    const about = notices.filter(({ requestId }) => requestId === id).map(({ code }) => code);
    expect(about.filter((code) => code === 'request_restoring')).toHaveLength(1);
    expect(about.filter((code) => code === 'request_restored')).toHaveLength(2);
    const entries = await store.read.select().from(store.tables.auditEntries);
    expect(entries.find(({ action }) => action === 'requests.restore')).toMatchObject({
      subjectId: id,
      outcome: 'done',
      detail: { reason: '仍在使用' },
    });
  });

  test('leaves the allocation free for the next change or release, and the grant in force', async () => {
    const id = await suspended();
    done(await restore(id));
    expect(refused(await submit(office, release)).issues).toMatchObject([
      { code: 'allocation.not_active' },
    ]);
    await office.settle(minute);
    const { store } = office.deps;
    const grants = await store.read.select().from(store.tables.quotaGrants);
    const open = grants.filter(({ effectiveTo }) => effectiveTo === null);
    expect(open.map((grant) => grant.amounts)).toEqual([amounts]);
    await approved(office, { ...release, kind: 'change', amounts: { cpu: 8000 } });
    await office.settle(minute);
    expect((await allocationNow())?.desired).toEqual({ ...amounts, cpu: 8000 });
  });

  test('waits for a cluster that is away, and goes on by itself', async () => {
    const id = await suspended();
    office.sheng.faults.down = true;
    done(await restore(id));
    await runTask(office.deps, office.clusters, (await taskOf(office, id)).id);
    expect((await taskOf(office, id)).state).toBe('waiting_cluster');
    office.sheng.faults.down = false;
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('withdrawn');
  });

  test('may be taken back before the cluster was suspended at all', async () => {
    const { id } = await approved(office, release);
    done(await restore(id, { who: 'rsj-applicant' }));
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('withdrawn');
    expect((await office.sheng.observe(namespace))?.quota?.suspended).toBe(false);
  });

  test('may be taken back when it stopped and waits for a person', async () => {
    const id = await suspended();
    const foreign = office.sheng.world.namespaces.get(namespace);
    if (foreign) foreign.managed = false;
    office.clock.advance(8 * day);
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('failed');
    if (foreign) foreign.managed = true;
    done(await restore(id));
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('withdrawn');
  });
});

describe('who and when', () => {
  test.each(['operator', 'rsj-head', 'rsj-applicant'] as const)('%s may', async (who) => {
    expect((await restore(await suspended(), { who })).ok).toBe(true);
    await office.settle(minute);
  });

  test.each([
    ['wjw-applicant', 'access.not_found'],
    ['operator-approver', 'access.forbidden'],
    ['auditor', 'access.forbidden'],
  ] as const)('%s may not', async (who, code) => {
    expect(refused(await restore(await suspended(), { who })).code).toBe(code);
  });

  test('says why, or is told that the reason is missing', async () => {
    const error = refused(await restore(await suspended(), { reason: '  ' }));
    expect(error.issues).toEqual([{ path: 'reason', code: 'input.required', params: {} }]);
  });

  test('only a release, and only once', async () => {
    const id = await suspended();
    const { version } = await read(office, id);
    done(await restore(id));
    expect(refused(await restore(id, { version })).code).toBe('request.stale');
    expect(refused(await restore(id)).code).toBe('request.wrong_state');
    await office.settle(minute);
    expect(refused(await restore(id)).code).toBe('request.wrong_state');
  });

  test('of two at the same moment one takes it back', async () => {
    const id = await suspended();
    const outcomes = await Promise.all([restore(id), restore(id, { who: 'rsj-head' })]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    await office.settle(minute);
  });
});

describe('against a deletion that begins', () => {
  const graceOver = async () => {
    const id = await suspended();
    office.clock.advance(8 * day);
    return { id, taskId: (await taskOf(office, id)).id };
  };

  test('whoever comes before it stops it: the worker finds that it is stale and deletes nothing', async () => {
    const { id, taskId } = await graceOver();
    const late = overtaken(office.deps, () => restore(id));
    expect(await runTask(late, office.clusters, taskId)).toBe('taken_over');
    expect((await office.sheng.observe(namespace))?.phase).toBe('active');
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('withdrawn');
  });

  test('whoever comes after it is told, and the page says so too', async () => {
    const { id, taskId } = await graceOver();
    const act = () => runTask(office.deps, office.clusters, taskId);
    const deps = overtaken(office.deps, act);
    expect(refused(await restore(id, { deps }))).toMatchObject({
      code: 'provisioning.deletion_started',
      params: { namespace },
    });
    const detail = done(await getRequest(office.deps, office.as('operator'), { id }));
    expect(detail.actions.restore).toEqual({
      allowed: false,
      reason: 'provisioning.deletion_started',
    });
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('fulfilled');
  });

  test('a worker that still thinks that it goes cannot suspend it again (P5)', async () => {
    const id = await suspended();
    const stale = await office.sheng.observe(namespace);
    done(await restore(id));
    await office.settle(minute);
    const target = {
      namespace,
      allocationId,
      tenantId: '',
      systemId: '',
      pool: 'sheng-x86-general',
      hard: amounts,
      generation: 2,
    };
    await expect(office.sheng.suspend(target, stale?.uid ?? '')).rejects.toThrow();
    expect((await office.sheng.observe(namespace))?.quota?.suspended).toBe(false);
  });

  test('a restoration that a person has to look at is retried like any other task', async () => {
    const id = await suspended();
    const found = office.sheng.world.namespaces.get(namespace);
    if (found) found.managed = false;
    done(await restore(id));
    await office.settle(minute);
    const { state, version } = await read(office, id);
    expect(state).toBe('failed');
    if (found) found.managed = true;
    done(await retryTask(office.deps, office.as('operator'), { id, version }));
    await office.settle(minute);
    expect((await read(office, id)).state).toBe('withdrawn');
  });
});
