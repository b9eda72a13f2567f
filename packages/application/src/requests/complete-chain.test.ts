import { approved, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  decided,
  done,
  quotaOf,
  refused,
  submitContent,
  submitted,
  taskOf,
  withLinesOf,
} from '@yunheng/testkit/request-desk';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookAtChains, lookAtSpending } from '../audit/verify/approval-laws.ts';
import { auditOf } from '../audit-of.ts';
import { systemCall } from '../identity/system-call.ts';
import { lookAtDoubleEntry, lookAtHolds } from '../audit/verify/ledger-laws.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  const { store } = office.deps;
  for (const look of [lookAtChains, lookAtSpending, lookAtDoubleEntry, lookAtHolds])
    expect((await look(store)).findings).toEqual([]);
  await office.close();
});

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };
const tables = () => office.deps.store.tables;
const allocationsNow = () => office.deps.store.read.select().from(tables().allocations);

/** Two requests of one environment in one pool, as a database may have them that is older than the rule against it. */
async function pairInOnePool(): Promise<readonly [string, string]> {
  const { store } = office.deps;
  const [first, second] = [
    await submitted(office, wish),
    await submitted(office, { ...wish, environment: 'test' }),
  ];
  const { version, content } = await read(office, second);
  const set = { environment: 'prod', content: { ...content, environment: 'prod' } } as const;
  const subject = { subjectKind: 'request', subjectId: second, tenantId: null };
  await store.commit({
    audit: auditOf(office.deps, systemCall, { action: 'test.pair', ...subject }),
    updates: [{ table: 'quotaRequests', key: second, version, set }],
  });
  return [first, second];
}

async function throughChain(content: RequestContent): Promise<string> {
  const { id } = done(await submitContent(office, 'rsj-applicant', { content }));
  done(await decided(office, 'rsj-head', { id }));
  done(await decided(office, 'operator', { id }));
  return id;
}

describe('a new environment', () => {
  test('over two pools becomes two allocations, each with a namespace of its own', async () => {
    const arm = { arch: 'arm64', poolClass: 'npu' } as const;
    const content = withLinesOf(office, wish, {
      ...wish,
      kindOfPool: arm,
      amounts: { cpu: 2000, memory: 4096, npu: 2 },
    });
    const id = await throughChain(content);
    const rows = await allocationsNow();
    expect(rows.map(({ namespace, desired, state }) => ({ namespace, desired, state }))).toEqual([
      {
        namespace: 'yh-rsj-jyfw-prod',
        desired: { cpu: 4000, memory: 8192 },
        state: 'opening',
      },
      {
        namespace: 'yh-rsj-jyfw-prod-2',
        desired: { cpu: 2000, memory: 4096, npu: 2 },
        state: 'opening',
      },
    ]);
    const { provisioningTasks, quotaGrants, outbox } = tables();
    const reader = office.deps.store.read;
    const [tasks, grants, wakes] = await Promise.all([
      reader.select().from(provisioningTasks),
      reader.select().from(quotaGrants),
      reader.select().from(outbox),
    ]);
    const { digest } = await read(office, id);
    expect(tasks.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'open queued',
      'open queued',
    ]);
    expect(grants.map((grant) => grant.digest)).toEqual([digest, digest]);
    expect(new Set(wakes.map(({ subjectId }) => subjectId))).toEqual(
      new Set(tasks.map((task) => task.id)),
    );
    await office.settle();
    expect((await read(office, id)).state).toBe('fulfilled');
    expect((await capacityOf(office, 'sheng-x86-general')).taken).toBe(4000);
    expect((await capacityOf(office, 'sheng-arm-npu', 'npu')).taken).toBe(2);
    expect(await quotaOf(office, 'rsj')).toEqual({ free: 394_000, held: 0, taken: 6000 });
  });

  test('that got its allocation meanwhile is refused at the end of the chain, and can be rejected', async () => {
    const [first, second] = await pairInOnePool();
    for (const id of [first, second]) done(await decided(office, 'rsj-head', { id }));
    done(await decided(office, 'operator', { id: first }));
    const late = refused(await decided(office, 'operator', { id: second }));
    expect(late).toMatchObject({
      code: 'request.allocation_exists',
      params: { namespace: 'yh-rsj-jyfw-prod' },
    });
    expect((await read(office, second)).state).toBe('in_review');
    done(await decided(office, 'operator', { id: second, decision: 'reject', opinion: '已开通' }));
    expect((await allocationsNow()).length).toBe(1);
  });

  test('of two last decisions at the same moment one opens it', async () => {
    const ids = await pairInOnePool();
    for (const id of ids) done(await decided(office, 'rsj-head', { id }));
    const outcomes = await Promise.all(ids.map((id) => decided(office, 'operator', { id })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const late = outcomes.find(({ ok }) => !ok);
    expect(late && refused(late).code).toBe('request.allocation_exists');
    expect((await allocationsNow()).length).toBe(1);
  });

  test('after a release has a name that was never used before', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { allocationId } = await taskOf(office, id);
    await approved(office, { ...wish, kind: 'release', allocationId, amounts: {} });
    await office.settle();
    await approved(office, wish);
    expect((await allocationsNow()).map(({ namespace, state }) => `${namespace} ${state}`)).toEqual(
      ['yh-rsj-jyfw-prod removed', 'yh-rsj-jyfw-prod-2 opening'],
    );
  });
});

describe('what stands', () => {
  let allocationId: string;
  beforeEach(async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    ({ allocationId } = await taskOf(office, id));
  });

  test('is changed in place: the next generation, named resources only', async () => {
    const change = { ...wish, kind: 'change', allocationId, amounts: { cpu: 9000 } } as const;
    const { id } = await approved(office, change);
    expect(await taskOf(office, id)).toMatchObject({
      kind: 'change',
      allocationId,
      generation: 2,
      target: { cpu: 9000, memory: 8192 },
    });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(5000);
    await office.settle();
    expect(await capacityOf(office, 'sheng-x86-general')).toEqual({
      free: 291_000,
      held: 0,
      taken: 9000,
    });
    expect(await quotaOf(office, 'rsj')).toMatchObject({ held: 0, taken: 9000 });
  });

  test('is released with everything that it has, though the request names no line', async () => {
    const release = { ...wish, kind: 'release', allocationId, amounts: {} } as const;
    const { id } = await approved(office, release);
    expect(await taskOf(office, id)).toMatchObject({ kind: 'release', target: {}, generation: 2 });
    await office.settle();
    for (const resource of ['cpu', 'memory'] as const)
      expect(await capacityOf(office, 'sheng-x86-general', resource)).toMatchObject({ taken: 0 });
    expect(await quotaOf(office, 'rsj')).toEqual({ free: 400_000, held: 0, taken: 0 });
  });

  test('is not what a request of another allocation, or one that is gone, works on', async () => {
    const release = { ...wish, kind: 'release', allocationId, amounts: {} } as const;
    await approved(office, release);
    expect(refused(await submit(office, release)).issues).toMatchObject([
      { path: 'allocationId', code: 'request.allocation_busy' },
    ]);
    await office.settle();
    expect(refused(await submit(office, release)).issues).toMatchObject([
      { path: 'allocationId', code: 'allocation.not_active' },
    ]);
  });
});

describe('an approval is spent once (A5)', () => {
  test('however often the last decision is sent', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id }));
    const { version, digest } = await read(office, id);
    const same = { id, version, digest: digest ?? '' };
    const outcomes = await Promise.all(
      (['operator', 'operator', 'operator-approver'] as const).map((who) =>
        decided(office, who, same),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await office.deps.store.read.$count(tables().quotaGrants)).toBe(1);
    expect(await office.deps.store.read.$count(tables().provisioningTasks)).toBe(1);
  });
});
