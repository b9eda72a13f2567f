import { approved, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  decided,
  quotaOf,
  refused,
  rowCounts,
  submitContent,
  submitted,
  taskOf,
  withLinesOf,
  done,
} from '@yunheng/testkit/request-desk';
import { afterEach, describe, expect, test } from 'vitest';
import type { ShortfallView } from './refusal.ts';

let office: Office;
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'wjw/jyfw' };
const detailsOf = (error: { details?: unknown }) => error.details as readonly ShortfallView[]; // what the wire contract promises

describe('not enough capacity', () => {
  test('is refused as a whole: no line is held, no number is taken, one entry says why', async () => {
    office = await openOffice();
    const before = await rowCounts(office);
    const error = refused(
      await submit(office, { ...wish, amounts: { cpu: 301_000, memory: 8192 } }),
    );
    expect(error).toMatchObject({
      code: 'request.capacity_short',
      params: {
        scope: 'sheng-x86-general',
        resource: 'cpu',
        free: 300_000,
        needed: 301_000,
        missing: 1000,
      },
    });
    const after = await rowCounts(office);
    expect(after).toEqual({ ...before, auditEntries: (before['auditEntries'] ?? 0) + 1 });
    const { auditEntries } = office.deps.store.tables;
    const [entry] = (await office.deps.store.read.select().from(auditEntries)).slice(-1);
    expect(entry).toMatchObject({
      action: 'requests.submit',
      outcome: 'refused',
      errorCode: 'request.capacity_short',
    });
  });

  test('names own holders, and foreign ones as class, count and earliest expiry (L5)', async () => {
    office = await openOffice();
    await approved(office, { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 100_000 } });
    await office.settle();
    await submitted(office, { kind: 'new', system: 'rsj/sbxx', amounts: { cpu: 50_000 } });
    office.clock.advance(2 * 86_400_000);
    await submitted(office, { ...wish, system: 'wjw/sbxx', amounts: { cpu: 40_000 } });
    const error = refused(await submit(office, { ...wish, amounts: { cpu: 120_000 } }));
    const [detail] = detailsOf(error);
    expect(detail).toMatchObject({
      book: 'capacity',
      scopeName: 'sheng-x86-general',
      free: 110_000,
      missing: 10_000,
    });
    const { holds } = office.deps.store.tables;
    const [first, second] = (await office.deps.store.read.select().from(holds)).filter(
      ({ state }) => state === 'live',
    );
    expect(detail?.holders).toEqual([
      {
        kind: 'held',
        label: '配申〔2026〕3 号',
        requestId: second?.requestId,
        count: 1,
        amount: 40_000,
        earliestExpiry: second?.expiresAt,
      },
      {
        kind: 'held',
        label: null,
        requestId: null,
        count: 1,
        amount: 50_000,
        earliestExpiry: first?.expiresAt,
      },
      {
        kind: 'allocated',
        label: null,
        requestId: null,
        count: 1,
        amount: 100_000,
        earliestExpiry: null,
      },
    ]);
    expect(JSON.stringify(error)).not.toMatch(/rsj|配申〔2026〕[12] 号/u);
  });

  test('shows the operator who it is', async () => {
    office = await openOffice();
    const id = await submitted(office, { ...wish, amounts: { cpu: 100_000 } });
    await decided(office, 'wjw-head', { id });
    await submitted(office, {
      kind: 'new',
      system: 'rsj/jyfw',
      node: 'gz',
      amounts: { cpu: 60_000 },
    });
    const [line] = await office.deps.store.read
      .select()
      .from(office.deps.store.tables.requestLines);
    const { pools } = office.deps.store.tables;
    const rows = await office.deps.store.read.select().from(pools);
    const gz = rows.find(({ code }) => code === 'gz-x86-general');
    const moves = [{ lineId: line?.id ?? '', poolId: gz?.id ?? '' }];
    const [detail] = detailsOf(refused(await decided(office, 'operator', { id, moves })));
    expect(detail).toMatchObject({ scopeName: 'gz-x86-general', free: 40_000, needed: 100_000 });
    expect(detail?.holders).toMatchObject([{ label: '配申〔2026〕2 号', amount: 60_000 }]);
    // Of the ways out, only those that take the whole.
    expect(detail?.alternatives.map(({ poolCode }) => poolCode)).toEqual(['sheng-x86-general']);
  });

  test('offers the pools of the same kind that would take the whole of that pool', async () => {
    office = await openOffice({ entitlement: { cpu: 900_000, memory: 9_000_000 } });
    const amounts = { cpu: 99_000, memory: 1024 };
    const small = { ...wish, node: 'gz', system: 'rsj/jyfw', amounts: { cpu: 50_000 } };
    await submitted(office, small);
    const fits = refused(await submit(office, { ...wish, node: 'gz', amounts }));
    const [detail] = detailsOf(fits);
    expect(detail?.alternatives).toMatchObject([
      { poolCode: 'sheng-x86-general', cloudNode: { name: '省级政务云' }, free: 300_000 },
    ]);
    const tooMuch = { cpu: 99_000, memory: 2 * 1024 * 1024 };
    const [none] = detailsOf(
      refused(await submit(office, { ...wish, node: 'gz', amounts: tooMuch })),
    );
    expect(none?.alternatives).toEqual([]);
  });

  test('of two who want the last of it at once, one gets it', async () => {
    office = await openOffice();
    const outcomes = await Promise.all([
      submit(office, { ...wish, amounts: { cpu: 200_000 } }),
      submit(office, { ...wish, system: 'rsj/jyfw', amounts: { cpu: 200_000 } }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await capacityOf(office, 'sheng-x86-general')).toEqual({
      free: 100_000,
      held: 200_000,
      taken: 0,
    });
  });
});

describe('not enough quota', () => {
  test('is refused with what the department has left, over all its pools together', async () => {
    office = await openOffice({ entitlement: { cpu: 120_000, memory: 1_048_576 } });
    const content = withLinesOf(
      office,
      { ...wish, amounts: { cpu: 70_000 } },
      { ...wish, node: 'gz', amounts: { cpu: 60_000 } },
    );
    // Asked all at once it is the cap of holds that is in the way; what stands already is quota only.
    const error = refused(await submitContent(office, 'wjw-applicant', { content }));
    expect(error.code).toBe('request.hold_cap');
    await approved(office, { ...wish, system: 'wjw/sbxx', amounts: { cpu: 30_000 } });
    await office.settle();
    const less = withLinesOf(
      office,
      { ...wish, amounts: { cpu: 60_000 } },
      { ...wish, node: 'gz', amounts: { cpu: 40_000 } },
    );
    const short = refused(await submitContent(office, 'wjw-applicant', { content: less }));
    expect(short).toMatchObject({
      code: 'request.quota_short',
      params: { scope: 'wjw 测试部门', free: 90_000, needed: 100_000, missing: 10_000 },
    });
    expect(detailsOf(short)).toHaveLength(1);
    expect(await quotaOf(office, 'wjw')).toEqual({ free: 90_000, held: 0, taken: 30_000 });
  });
});

describe('the cap of open holds', () => {
  test('is a share of the entitlement: up to it, not beyond, and free again after a withdrawal', async () => {
    office = await openOffice({ policy: { openHoldPermille: 250 } });
    await submitted(office, { ...wish, amounts: { cpu: 60_000 } });
    const test = { ...wish, environment: 'test' } as const;
    expect(refused(await submit(office, { ...test, amounts: { cpu: 41_000 } }))).toMatchObject({
      code: 'request.hold_cap',
      params: { resource: 'cpu', held: 60_000, needed: 41_000, cap: 100_000, missing: 1000 },
    });
    done(await submit(office, { ...test, amounts: { cpu: 40_000 } }));
    // Another department has its own.
    done(await submit(office, { ...wish, system: 'rsj/jyfw', amounts: { cpu: 100_000 } }));
  });

  test('counts what waits for a decision, not what is approved and waits for its cluster', async () => {
    office = await openOffice({ policy: { openHoldPermille: 250 } });
    office.sheng.faults.down = true;
    await approved(office, { ...wish, amounts: { cpu: 100_000 } });
    await submitted(office, { ...wish, environment: 'test', amounts: { cpu: 60_000 } });
    const more = { ...wish, system: 'wjw/sbxx', amounts: { cpu: 41_000 } } as const;
    expect(refused(await submit(office, more))).toMatchObject({
      code: 'request.hold_cap',
      params: { held: 60_000, needed: 41_000, missing: 1000 },
    });
  });

  test('does not stand in the way of giving back', async () => {
    office = await openOffice({ policy: { openHoldPermille: 250 } });
    const { id } = await approved(office, { ...wish, amounts: { cpu: 20_000 } });
    await office.settle();
    await submitted(office, { ...wish, environment: 'test', amounts: { cpu: 100_000 } });
    const { allocationId } = await taskOf(office, id);
    done(await submit(office, { ...wish, kind: 'change', allocationId, amounts: { cpu: 10_000 } }));
  });
});
