import { requestsWithExpiredHolds } from '@yunheng/db/queries/requests';
import { approved, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import {
  capacityOf,
  decided,
  done,
  overtaken,
  quotaOf,
  refused,
  rowCounts,
  submitted,
  type Somebody,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lookAtHolds } from '../audit/verify/ledger-laws.ts';
import { systemCall } from '../identity/system-call.ts';
import { expireHolds } from './expire-holds.ts';
import { withdrawRequest } from './withdraw.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  expect((await lookAtHolds(office.deps.store)).findings).toEqual([]);
  await office.close();
});

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };

async function withdraw(id: string, who: Somebody = 'rsj-applicant', version?: number) {
  const call = typeof who === 'string' ? office.as(who) : who;
  const now = version ?? (await read(office, id)).version;
  return withdrawRequest(office.deps, call, { id, version: now, reason: '不再需要' });
}

describe('a withdrawal', () => {
  test('gives everything back in the same commit and closes the chain', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id }));
    done(await withdraw(id));
    expect(await capacityOf(office, 'sheng-x86-general')).toMatchObject({ free: 300_000, held: 0 });
    expect(await quotaOf(office, 'rsj')).toMatchObject({ free: 400_000, held: 0 });
    expect(await read(office, id)).toMatchObject({
      state: 'withdrawn',
      currentStepId: null,
      dueAt: null,
      number: '配申〔2026〕1 号',
    });
    const { approvalSteps } = office.deps.store.tables;
    const steps = await office.deps.store.read.select().from(approvalSteps);
    expect(steps.map(({ state }) => state)).toEqual(['approved', 'skipped']);
    expect((await decided(office, 'operator', { id })).ok).toBe(false);
  });

  test('of a returned request, whose holds are gone already', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '补充' }));
    done(await withdraw(id));
    expect((await read(office, id)).state).toBe('withdrawn');
  });

  test('after the holds have expired', async () => {
    const id = await submitted(office, wish);
    office.clock.advance(31 * 86_400_000);
    await expireHolds(office.deps, systemCall);
    done(await withdraw(id));
    expect(await capacityOf(office, 'sheng-x86-general')).toMatchObject({ free: 300_000, held: 0 });
  });

  test('twice is refused the second time', async () => {
    const id = await submitted(office, wish);
    done(await withdraw(id));
    expect(refused(await withdraw(id)).code).toBe('request.wrong_state');
  });

  test('is too late once the chain has ended: there is no undo (A3)', async () => {
    const { id } = await approved(office, wish);
    expect(refused(await withdraw(id)).code).toBe('request.wrong_state');
    await office.settle();
    expect(refused(await withdraw(id)).code).toBe('request.wrong_state');
  });

  test('is the department’s own: a colleague may, a head, an operator and a stranger may not', async () => {
    const id = await submitted(office, wish);
    const before = await rowCounts(office);
    expect(refused(await withdraw(id, 'rsj-head')).code).toBe('access.forbidden');
    expect(refused(await withdraw(id, 'operator')).code).toBe('access.forbidden');
    expect(refused(await withdraw(id, 'wjw-applicant')).code).toBe('access.not_found');
    expect(await rowCounts(office)).toEqual({
      ...before,
      auditEntries: (before['auditEntries'] ?? 0) + 3,
    });
    const seats = [{ role: 'applicant', department: 'rsj' }] as const;
    const colleague = { name: 'colleague', seats };
    done(await withdraw(id, await addPerson(office.deps, colleague, office.names.departments)));
  });

  test('by whoever read an older version is refused', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id }));
    expect(refused(await withdraw(id, 'rsj-applicant', 1))).toMatchObject({
      code: 'request.stale',
      params: { version: 2 },
    });
  });

  test('and an approval at the same moment have one outcome', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id }));
    const outcomes = await Promise.all([withdraw(id), decided(office, 'operator', { id })]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const { state } = await read(office, id);
    expect(state).toBe(outcomes[0].ok ? 'withdrawn' : 'approved');
  });
});

describe('a withdrawal that is overtaken', () => {
  const late = (id: string, act: () => Promise<unknown>) => {
    const input = { id, version: 1, reason: '不再需要' };
    return withdrawRequest(overtaken(office.deps, act), office.as('rsj-applicant'), input);
  };

  test('by a rejection, which releases the same hold, has not happened', async () => {
    const id = await submitted(office, wish);
    const reject = { id, decision: 'reject', opinion: '不符' } as const;
    const outcome = await late(id, () => decided(office, 'rsj-head', reject));
    expect(refused(outcome).code).toBe('request.wrong_state');
    expect((await read(office, id)).state).toBe('rejected');
  });

  test('by the end of the hold happens nevertheless', async () => {
    const id = await submitted(office, wish);
    office.clock.advance(31 * 86_400_000);
    done(await late(id, () => expireHolds(office.deps, systemCall)));
    expect((await read(office, id)).state).toBe('withdrawn');
  });
});

describe('the end of holds', () => {
  const endOfTerm = async () => {
    const [hold] = await office.deps.store.read.select().from(office.deps.store.tables.holds);
    return hold?.expiresAt ?? 0;
  };

  test('comes at its instant, not a millisecond before', async () => {
    await submitted(office, wish);
    office.clock.advance((await endOfTerm()) - office.clock.business() - 1);
    expect(await expireHolds(office.deps, systemCall)).toEqual({ expired: 0 });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
    office.clock.advance(1);
    expect(await expireHolds(office.deps, systemCall)).toEqual({ expired: 1 });
    expect(await capacityOf(office, 'sheng-x86-general')).toMatchObject({ free: 300_000, held: 0 });
  });

  test('is told once to the applicant and to whoever has to act, and the request stays in review', async () => {
    const id = await submitted(office, wish);
    office.clock.advance(31 * 86_400_000);
    await expireHolds(office.deps, systemCall);
    const after = await rowCounts(office);
    expect(await expireHolds(office.deps, systemCall)).toEqual({ expired: 0 });
    expect(await rowCounts(office)).toEqual(after);
    expect(await read(office, id)).toMatchObject({ state: 'in_review' });
    const notices = await office.deps.store.read.select().from(office.deps.store.tables.notices);
    const told = notices.filter(({ code }) => code === 'hold_expired').map(({ userId }) => userId);
    expect(new Set(told)).toEqual(
      new Set([office.as('rsj-applicant').actor.userId, office.as('rsj-head').actor.userId]),
    );
  });

  test('comes once, however many sweeps run at the same moment', async () => {
    await submitted(office, wish);
    office.clock.advance(31 * 86_400_000);
    const sweeps = await Promise.all([1, 2, 3].map(() => expireHolds(office.deps, systemCall)));
    expect(sweeps.reduce((sum, { expired }) => sum + expired, 0)).toBe(1);
    const events = await office.deps.store.read
      .select()
      .from(office.deps.store.tables.requestEvents);
    expect(events.filter(({ kind }) => kind === 'hold_expired')).toHaveLength(1);
  });

  test('does not come for what a decision has renewed between the reading and the commit', async () => {
    const id = await submitted(office, wish);
    office.clock.advance(31 * 86_400_000);
    const { store } = office.deps;
    const late = overtaken(office.deps, () => decided(office, 'rsj-head', { id }));
    expect(await expireHolds(late, systemCall)).toEqual({ expired: 0 });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
    const kinds = (await store.read.select().from(store.tables.requestEvents)).map(
      ({ kind }) => kind,
    );
    expect(kinds).not.toContain('hold_expired');
  });

  test('does not come for what is no longer due when it is looked at: renewed, or the clock stepped back', async () => {
    await submitted(office, wish);
    const early = office.clock.business();
    const readings = [(await endOfTerm()) + 1];
    const clock = { ...office.deps.clock, business: () => readings.shift() ?? early };
    expect(await expireHolds({ ...office.deps, clock }, systemCall)).toEqual({ expired: 0 });
    const { requestEvents } = office.deps.store.tables;
    expect(await office.deps.store.read.$count(requestEvents)).toBe(1);
  });

  test('never comes for an approved request, and those do not hide the ones that are due', async () => {
    office.sheng.faults.down = true;
    await approved(office, wish);
    const due = done(await submit(office, { ...wish, environment: 'test', node: 'gz' }));
    office.clock.advance(31 * 86_400_000);
    const { store, clock } = office.deps;
    expect(await requestsWithExpiredHolds(store, clock.business(), 1)).toEqual([due.id]);
    expect(await expireHolds(office.deps, systemCall)).toEqual({ expired: 1 });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
    expect((await capacityOf(office, 'gz-x86-general')).held).toBe(0);
  });
});
