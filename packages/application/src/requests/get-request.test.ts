import { approved, contentOf, read, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { decided, done, refused, submitContent, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getRequest } from './get-request.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };
const get = async (id: string, who: 'rsj-applicant' | 'operator' = 'operator') =>
  done(await getRequest(office.deps, office.as(who), { id }));

describe('one request', () => {
  test('is the department’s and the province’s readers’ to see; anybody else hears that it is not there', async () => {
    const id = await submitted(office, wish);
    for (const who of ['rsj-applicant', 'rsj-head', 'operator', 'authority', 'auditor'] as const)
      expect((await getRequest(office.deps, office.as(who), { id })).ok).toBe(true);
    const stranger = office.as('wjw-head');
    const foreign = refused(await getRequest(office.deps, stranger, { id }));
    expect(foreign).toEqual(refused(await getRequest(office.deps, stranger, { id: 'qr_none' })));
    expect((await getRequest(office.deps, office.as('security-admin'), { id })).ok).toBe(false);
  });

  test('shows its lines with the standing of their pools, and the hold with its end', async () => {
    const id = await submitted(office, wish);
    const { lines, policy, content } = await get(id);
    const [hold] = await office.deps.store.read.select().from(office.deps.store.tables.holds);
    expect(lines).toMatchObject([
      {
        seq: 1,
        resource: 'cpu',
        before: 0,
        amount: 4000,
        pool: { code: 'sheng-x86-general', supply: 300_000, held: 4000, free: 296_000 },
        hold: { state: 'live', amount: 4000, expiresAt: hold?.expiresAt },
      },
      { seq: 2, resource: 'memory' },
    ]);
    expect(policy).toMatchObject({ code: 'quota-approval', revision: 1, clause: '示例' });
    expect(content).toEqual(contentOf(office, wish));
  });

  test('keeps every revision, and shows lines and steps of the current one only', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '偏大' }));
    const { version } = await read(office, id);
    const content = contentOf(office, { ...wish, amounts: { cpu: 2000 } });
    done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    const shown = await get(id);
    expect(shown.revisions.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(shown.revisions[1]?.digest).toBe(shown.digest);
    expect(shown.lines.map(({ amount }) => amount)).toEqual([2000]);
    expect(shown.steps.map(({ code, state }) => `${code} ${state}`)).toEqual([
      'head current',
      'operator waiting',
    ]);
    expect(shown.transfers.map(({ causeKind }) => causeKind)).toEqual([
      'hold',
      'hold_release',
      'hold',
    ]);
  });

  test('shows what the ledger did, each transfer summing to zero, and the tasks with their steps', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { transfers, tasks, request, allocationId } = await get(id, 'rsj-applicant');
    expect(transfers.map(({ causeKind }) => causeKind)).toEqual(['hold', 'allocate']);
    for (const { entries } of transfers)
      expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    expect(tasks).toMatchObject([
      {
        kind: 'open',
        state: 'done',
        cluster: 'sheng',
        namespace: 'yh-rsj-jyfw-prod',
        pool: 'sheng-x86-general',
        steps: ['namespace', 'isolation', 'limits', 'quota', 'ready', 'access'],
      },
    ]);
    expect(tasks[0]?.namespaceUid).not.toBeNull();
    expect(allocationId).not.toBeNull();
    expect(request).toMatchObject({ state: 'fulfilled', taskState: 'done' });
  });

  test('counts the working days that are left, and those of delay as negative', async () => {
    const id = await submitted(office, wish);
    const left = async () => (await get(id)).steps[0]?.workingDaysLeft;
    expect(await left()).toBe(1);
    office.clock.advance(86_400_000);
    expect(await left()).toBe(0);
    office.clock.advance(86_400_000);
    expect(await left()).toBe(-1);
    office.clock.advance(3 * 86_400_000); // over the weekend
    expect(await left()).toBe(-2);
  });
});
