import { read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  decided,
  done,
  linesNow,
  poolNamed,
  quotaOf,
  refused,
  submitContent,
  submitted,
  taskOf,
  withLinesOf,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemCall } from '../identity/system-call.ts';
import { lookAtHolds } from '../audit/verify/ledger-laws.ts';
import { expireHolds } from './expire-holds.ts';
import { getRequest } from './get-request.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  expect((await lookAtHolds(office.deps.store)).findings).toEqual([]);
  await office.close();
});

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 60_000, memory: 8192 } };
const month = 31 * 86_400_000;
const holdsNow = () => office.deps.store.read.select().from(office.deps.store.tables.holds);
const statesNow = async () =>
  (await holdsNow()).map(({ resource, attempt, state }) => `${resource} ${attempt} ${state}`);

/** With the operator: what a move or a late decision needs. */
async function withOperator(of: Wish = wish): Promise<string> {
  const id = await submitted(office, of);
  done(await decided(office, 'rsj-head', { id }));
  return id;
}

async function expired(): Promise<void> {
  office.clock.advance(month);
  await expireHolds(office.deps, systemCall);
}

describe('an expired hold', () => {
  test('is held again by the next decision, under the next attempt', async () => {
    const id = await withOperator();
    await expired();
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(0);
    done(await decided(office, 'operator', { id }));
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(60_000);
    expect(await quotaOf(office, 'rsj')).toMatchObject({ held: 60_000 });
    expect(await statesNow()).toEqual([
      'cpu 1 expired',
      'memory 1 expired',
      'cpu 2 live',
      'memory 2 live',
    ]);
    const { events } = done(await getRequest(office.deps, office.as('operator'), { id }));
    expect(events.map(({ kind }) => kind)).toContain('hold_renewed');
  });

  test('is refused when the capacity is gone, and the request stays in review as it was', async () => {
    const id = await withOperator();
    await expired();
    const rival = { ...wish, system: 'wjw/jyfw', amounts: { cpu: 260_000 } } as const;
    const rivalId = await submitted(office, rival);
    const before = await read(office, id);
    const error = refused(await decided(office, 'operator', { id }));
    expect(error).toMatchObject({
      code: 'request.capacity_short',
      params: { free: 40_000, needed: 60_000, missing: 20_000 },
    });
    expect(await read(office, id)).toEqual(before);
    // And passes when what was in the way has gone.
    done(await decided(office, 'wjw-head', { id: rivalId, decision: 'reject', opinion: '让出' }));
    expect(done(await decided(office, 'operator', { id })).state).toBe('approved');
  });

  test('needs nothing to be returned or rejected', async () => {
    const id = await withOperator();
    await expired();
    done(await decided(office, 'operator', { id, decision: 'return', opinion: '逾期' }));
    expect(await capacityOf(office, 'sheng-x86-general')).toMatchObject({ free: 300_000, held: 0 });
  });

  test('may be held again in another pool', async () => {
    const id = await withOperator();
    await expired();
    done(await decided(office, 'operator', { id, moves: await toPool(id, 'gz-x86-general') }));
    expect((await capacityOf(office, 'gz-x86-general')).held).toBe(60_000);
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(0);
  });

  test('that fits neither where it was nor where it is sent has no way out', async () => {
    const id = await withOperator({ ...wish, amounts: { cpu: 100_000 } });
    await expired();
    await submitted(office, { ...wish, system: 'wjw/jyfw', amounts: { cpu: 250_000 } });
    await submitted(office, { ...wish, system: 'wjw/jyfw', node: 'gz', amounts: { cpu: 60_000 } });
    const moves = await toPool(id, 'gz-x86-general');
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.capacity_short',
      params: { scope: 'gz-x86-general' },
      details: [{ alternatives: [] }],
    });
  });

  test('that nobody has swept yet is renewed like a live one', async () => {
    const id = await withOperator();
    office.clock.advance(month);
    done(await decided(office, 'operator', { id }));
    expect(await statesNow()).toEqual(['cpu 1 live', 'memory 1 live']);
  });

  test('twice, and returned, is given back once', async () => {
    const id = await submitted(office, wish);
    await expired();
    done(await decided(office, 'rsj-head', { id }));
    await expired();
    done(await decided(office, 'operator', { id, decision: 'return', opinion: '逾期' }));
    const { version, content } = await read(office, id);
    done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(60_000);
  });
});

const toPool = async (id: string, code: string, index = 0) => {
  const line = (await linesNow(office, id))[index];
  return [{ lineId: line?.id ?? '', poolId: (await poolNamed(office, code)).id }];
};

describe('a move to another pool', () => {
  test('takes all lines of the pool along, by one transfer, and leaves the quota book alone', async () => {
    const id = await withOperator();
    const quota = await quotaOf(office, 'rsj');
    done(await decided(office, 'operator', { id, moves: await toPool(id, 'gz-x86-general') }));
    for (const [resource, amount] of [
      ['cpu', 60_000],
      ['memory', 8192],
    ] as const) {
      expect((await capacityOf(office, 'sheng-x86-general', resource)).held).toBe(0);
      expect((await capacityOf(office, 'gz-x86-general', resource)).held).toBe(amount);
    }
    expect(await quotaOf(office, 'rsj')).toEqual(quota);
    const { id: gz } = await poolNamed(office, 'gz-x86-general');
    expect((await linesNow(office, id)).map(({ poolId }) => poolId)).toEqual([gz, gz]);
    const { ledgerTransfers } = office.deps.store.tables;
    const moves = (await office.deps.store.read.select().from(ledgerTransfers)).filter(
      ({ causeKind }) => causeKind === 'hold_move',
    );
    expect(moves).toHaveLength(1);
    await office.settle();
    const { cluster, pool } = done(await getRequest(office.deps, office.as('operator'), { id }))
      .tasks[0] ?? { cluster: '', pool: '' };
    expect({ cluster, pool }).toEqual({ cluster: 'shi', pool: 'gz-x86-general' });
  });

  test.each(['return', 'reject'] as const)(
    'has no meaning with %s, and is refused rather than forgotten',
    async (decision) => {
      const id = await withOperator();
      const moves = await toPool(id, 'gz-x86-general');
      const outcome = await decided(office, 'operator', { id, decision, opinion: '试', moves });
      expect(refused(outcome).issues).toEqual([
        { path: 'moves', code: 'input.not_applicable', params: { decision } },
      ]);
      expect((await read(office, id)).state).toBe('in_review');
    },
  );

  test('is the operator’s: a head may not, though it is their step', async () => {
    const id = await submitted(office, wish);
    const moves = await toPool(id, 'gz-x86-general');
    expect(refused(await decided(office, 'rsj-head', { id, moves })).code).toBe('access.forbidden');
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(60_000);
  });

  test.each(['sheng-arm-npu', 'sgby-arm-general'])(
    'not to a pool of another kind: %s',
    async (to) => {
      const id = await withOperator({ ...wish, amounts: { memory: 1024 } });
      const moves = await toPool(id, to);
      expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
        code: 'request.move_other_kind',
        params: { arch: 'x86-64', poolClass: 'general' },
      });
    },
  );

  test('not of a line, or to a pool, that does not exist', async () => {
    const id = await withOperator();
    const [move] = await toPool(id, 'gz-x86-general');
    if (move === undefined) throw new Error('a line');
    for (const wrong of [
      { ...move, lineId: 'ln_none' },
      { ...move, poolId: 'pool_none' },
    ])
      expect(refused(await decided(office, 'operator', { id, moves: [wrong] })).code).toBe(
        'request.move_unknown',
      );
  });

  test('not where it does not fit: refused with what is missing there, and nothing has moved', async () => {
    const id = await withOperator({ ...wish, amounts: { cpu: 150_000 } });
    const moves = await toPool(id, 'gz-x86-general');
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.capacity_short',
      params: { scope: 'gz-x86-general', free: 100_000, needed: 150_000 },
    });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(150_000);
    expect((await linesNow(office, id))[0]?.poolId).toBe(
      (await poolNamed(office, 'sheng-x86-general')).id,
    );
  });

  test('not to two places at once: lines of one pool become one namespace', async () => {
    const id = await withOperator();
    const moves = [
      ...(await toPool(id, 'gz-x86-general', 0)),
      ...(await toPool(id, 'sheng-x86-general', 1)),
    ];
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.move_apart',
    });
  });

  test('not of two pools into one: two namespaces were asked for', async () => {
    const content = withLinesOf(
      office,
      { ...wish, amounts: { cpu: 4000 } },
      { ...wish, node: 'gz', amounts: { cpu: 2000 } },
    );
    const { id } = done(await submitContent(office, 'rsj-applicant', { content }));
    done(await decided(office, 'rsj-head', { id }));
    const moves = await toPool(id, 'gz-x86-general');
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.move_merged',
    });
    // Changing places is a different matter.
    const both = [...moves, ...(await toPool(id, 'sheng-x86-general', 1))];
    done(await decided(office, 'operator', { id, moves: both }));
    expect((await capacityOf(office, 'gz-x86-general')).held).toBe(4000);
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(2000);
  });

  test('not of what stands: a change stays where its namespace is', async () => {
    const first = await withOperator();
    done(await decided(office, 'operator', { id: first }));
    await office.settle();
    const { allocationId } = await taskOf(office, first);
    const id = await withOperator({
      ...wish,
      kind: 'change',
      allocationId,
      amounts: { cpu: 70_000 },
    });
    const moves = await toPool(id, 'gz-x86-general');
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.move_standing',
    });
  });

  test('offers only pools that would take all lines of that pool', async () => {
    const memory = {
      ...wish,
      node: 'gz',
      system: 'wjw/jyfw',
      amounts: { memory: 1_048_576 },
    } as const;
    done(await submit(office, memory));
    const id = await withOperator();
    const { lines } = done(await getRequest(office.deps, office.as('operator'), { id }));
    expect(lines.map(({ alternatives }) => alternatives)).toEqual([[], []]);
    const other = await withOperator({ ...wish, environment: 'test', amounts: { cpu: 10_000 } });
    const detail = done(await getRequest(office.deps, office.as('operator'), { id: other }));
    expect(detail.lines[0]?.alternatives).toMatchObject([{ poolCode: 'gz-x86-general' }]);
  });
});
