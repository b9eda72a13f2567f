import { contentOf, read, type Wish } from '@yunheng/testkit/carry-request';
import type { Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import {
  capacityOf,
  decided,
  done,
  overtaken,
  quotaOf,
  refused,
  submitContent,
  submitted,
} from '@yunheng/testkit/request-desk';
import { openRequestInReview, type RequestInReview } from '@yunheng/testkit/request-in-review';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decideRequest } from './decide.ts';
import { systemCall } from '../identity/system-call.ts';
import { expireHolds } from './expire-holds.ts';
import { getRequest } from './get-request.ts';
import { withdrawRequest } from './withdraw.ts';

let review: RequestInReview;
let office: Office;
let wish: Wish;
let id: string;
beforeEach(async () => {
  review = await openRequestInReview();
  ({ office, wish, id } = review);
});
afterEach(() => office.close());

const stepsNow = async () => {
  const rows = await office.deps.store.read.select().from(office.deps.store.tables.approvalSteps);
  return rows.map(({ code, state, decidedBy }) => ({ code, state, decidedBy }));
};

describe('an approval', () => {
  test('passes the request on: next step, its own deadline, its seats told', async () => {
    office.clock.advance(86_400_000);
    const outcome = done(await decided(office, 'rsj-head', { id, opinion: '同意' }));
    expect(outcome).toMatchObject({ id, state: 'in_review', version: 2 });
    const row = await read(office, id);
    const detail = done(await getRequest(office.deps, office.as('operator'), { id }));
    expect(detail.steps).toMatchObject([
      { code: 'head', state: 'approved', decidedBy: 'rsj-head', opinion: '同意' },
      { code: 'operator', state: 'current', dueAt: row.dueAt, workingDaysLeft: 2 },
    ]);
    // Thursday + two working days ends with Monday.
    expect(row.dueAt).toBe(Date.UTC(2026, 10, 30, 16));
    const notices = await office.deps.store.read.select().from(office.deps.store.tables.notices);
    const told = notices.filter(({ code }) => code === 'request_waits').map(({ userId }) => userId);
    expect(told.slice(1).toSorted()).toEqual(
      [office.as('operator').actor.userId, office.as('operator-approver').actor.userId].toSorted(),
    );
  });

  test('renews the holds to the end of the term that begins today', async () => {
    const { holds: table } = office.deps.store.tables;
    const [before] = await office.deps.store.read.select().from(table);
    office.clock.advance(3 * 86_400_000);
    done(await decided(office, 'rsj-head', { id }));
    const [after] = await office.deps.store.read.select().from(table);
    expect(after).toMatchObject({ id: before?.id, state: 'live', attempt: 1 });
    expect(after?.expiresAt).toBeGreaterThan(before?.expiresAt ?? 0);
  });

  test('of the last step is the end of the chain: nobody decides any more', async () => {
    done(await decided(office, 'rsj-head', { id }));
    expect(done(await decided(office, 'operator', { id })).state).toBe('approved');
    for (const who of ['operator-approver', 'rsj-head'] as const)
      expect((await review.refusal(who)).code).toBe('approval.already_decided');
    const row = await read(office, id);
    expect(row).toMatchObject({ currentStepId: null, dueAt: null });
  });
});

describe('returned or rejected', () => {
  test.each(['return', 'reject'] as const)('%s gives everything back at once', async (decision) => {
    done(await decided(office, 'rsj-head', { id }));
    const outcome = done(await decided(office, 'operator', { id, decision, opinion: '暂缓' }));
    expect(outcome.state).toBe(decision === 'return' ? 'returned' : 'rejected');
    expect(await capacityOf(office, 'sheng-x86-general')).toMatchObject({ free: 300_000, held: 0 });
    expect(await quotaOf(office, 'rsj')).toMatchObject({ free: 400_000, held: 0 });
    const holds = await office.deps.store.read.select().from(office.deps.store.tables.holds);
    expect(holds).toMatchObject([{ state: 'released', endedAt: office.clock.business() }]);
    expect(await read(office, id)).toMatchObject({ currentStepId: null, dueAt: null });
  });

  test('closes the steps that nobody will decide', async () => {
    const head = office.as('rsj-head').actor.userId;
    done(await decided(office, 'rsj-head', { id, decision: 'reject', opinion: '不符' }));
    expect(await stepsNow()).toEqual([
      { code: 'head', state: 'rejected', decidedBy: head },
      { code: 'operator', state: 'skipped', decidedBy: null },
    ]);
  });

  test('asks for an opinion; an approval does not', async () => {
    for (const decision of ['return', 'reject'] as const)
      expect((await review.refusal('rsj-head', { decision, opinion: '  ' })).code).toBe(
        'approval.opinion_required',
      );
    done(await decided(office, 'rsj-head', { id, opinion: '' }));
  });

  test('is the end where it is a rejection', async () => {
    done(await decided(office, 'rsj-head', { id, decision: 'reject', opinion: '不符' }));
    const { version } = await read(office, id);
    const content = contentOf(office, wish);
    const again = await submitContent(office, 'rsj-applicant', { id, version, content });
    expect(refused(again).code).toBe('request.wrong_state');
  });
});

describe('for exactly the content that was shown (A1)', () => {
  test('another digest than the submitted one is refused', async () => {
    expect((await review.refusal('rsj-head', { digest: 'sm3:other' })).code).toBe(
      'approval.content_changed',
    );
  });

  test('a page of revision 1 does not decide revision 2', async () => {
    const { digest } = await read(office, id);
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '补充' }));
    const { version } = await read(office, id);
    const content = contentOf(office, { ...wish, amounts: { cpu: 9000 } });
    done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    expect((await review.refusal('rsj-head', { digest: digest ?? '' })).code).toBe(
      'approval.content_changed',
    );
  });
});

test('a page of revision 1 does not decide a revision 2 that says the same', async () => {
  const { version, digest } = await read(office, id);
  done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '补充' }));
  const content = contentOf(office, wish);
  const again = { id, version: version + 1, content };
  done(await submitContent(office, 'rsj-applicant', again));
  expect((await read(office, id)).digest).toBe(digest);
  expect(await review.refusal('rsj-head', { version })).toMatchObject({
    code: 'request.stale',
    params: { version: version + 2 },
  });
});

describe('at the same moment (A3)', () => {
  test('two deciders have one outcome, and the other learns who was first and how', async () => {
    done(await decided(office, 'rsj-head', { id }));
    office.clock.advance(60_000);
    const outcomes = await Promise.all([
      decided(office, 'operator', { id }),
      decided(office, 'operator-approver', { id, decision: 'reject', opinion: '不同意' }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const late = outcomes.find(({ ok }) => !ok);
    const first = outcomes[0]?.ok ? 'operator' : 'operator-approver';
    expect(late && refused(late)).toMatchObject({
      code: 'approval.already_decided',
      params: {
        actor: first,
        step: 'operator',
        decision: first === 'operator' ? 'approved' : 'rejected',
        at: office.clock.business(),
        version: 3,
      },
    });
    const events = await office.deps.store.read
      .select()
      .from(office.deps.store.tables.requestEvents);
    expect(events.filter(({ kind }) => kind.startsWith('step_'))).toHaveLength(2);
  });

  const late = async (decision: 'return' | 'reject', act: () => Promise<unknown>) => {
    const { version, digest } = await read(office, id);
    const input = { id, version, digest: digest ?? '', decision, opinion: '不同意', moves: [] };
    return decideRequest(overtaken(office.deps, act), office.as('rsj-head'), input);
  };

  test('who is overtaken by one that releases the same hold has not decided', async () => {
    const withdrawal = { id, version: 1, reason: '不再需要' };
    const call = office.as('rsj-applicant');
    const outcome = await late('reject', () => withdrawRequest(office.deps, call, withdrawal));
    expect(refused(outcome)).toMatchObject({
      code: 'request.wrong_state',
      params: { state: 'withdrawn' },
    });
    expect((await read(office, id)).state).toBe('withdrawn');
  });

  test('who is overtaken by the end of the hold has: what was acknowledged is written (A4)', async () => {
    office.clock.advance(31 * 86_400_000);
    const outcome = await late('return', () => expireHolds(office.deps, systemCall));
    expect(done(outcome).state).toBe('returned');
    expect((await read(office, id)).state).toBe('returned');
  });

  test('many deciders of one step have one outcome', async () => {
    const seats = [{ role: 'head', department: 'rsj' }] as const;
    const heads = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        addPerson(office.deps, { name: `head-${index}`, seats }, office.names.departments),
      ),
    );
    const outcomes = await Promise.all(heads.map((head) => decided(office, head, { id })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes.filter(({ ok }) => !ok))
      expect(refused(outcome).params).toMatchObject({ step: 'head', decision: 'approved' });
  });

  test('one decider may decide many requests', async () => {
    const others = await Promise.all(
      (['rsj/sbxx', 'rsj/jyfw'] as const).map((system) =>
        submitted(office, { ...wish, system, environment: 'test' }),
      ),
    );
    const ids = [id, ...others];
    const outcomes = await Promise.all(ids.map((one) => decided(office, 'rsj-head', { id: one })));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
  });
});

test('an unknown request and a foreign one answer the same', async () => {
  const { version } = await read(office, id);
  const of = { version, digest: 'x', decision: 'approve', opinion: '', moves: [] } as const;
  const call = office.as('wjw-head');
  const foreign = refused(await decideRequest(office.deps, call, { id, ...of }));
  expect(foreign).toEqual(
    refused(await decideRequest(office.deps, call, { id: 'qr_none', ...of })),
  );
});
