import { approved, contentOf, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  decided,
  done,
  refused,
  submitContent,
  submitted,
  taskOf,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveDraft } from './drafts.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };
const applicant = 'rsj-applicant';

describe('a submission that comes twice', () => {
  const idempotencyKey = 'key-of-one-click';

  test('under one key makes one request, whether one after the other or at once', async () => {
    const content = contentOf(office, wish);
    const twice = () => submitContent(office, applicant, { content, idempotencyKey });
    const outcomes = [...(await Promise.all([twice(), twice(), twice()])), await twice()];
    expect(new Set(outcomes.map((outcome) => done(outcome).id)).size).toBe(1);
    expect(new Set(outcomes.map((outcome) => done(outcome).number))).toEqual(
      new Set(['配申〔2026〕1 号']),
    );
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
  });

  test('is not in its own way: a change makes its allocation busy, a hold uses up the cap', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { allocationId } = await taskOf(office, id);
    const content = contentOf(office, {
      ...wish,
      kind: 'change',
      allocationId,
      amounts: { cpu: 250_000 },
    });
    const first = done(await submitContent(office, applicant, { content, idempotencyKey }));
    const second = done(await submitContent(office, applicant, { content, idempotencyKey }));
    expect(second).toEqual(first);
  });

  test('with other content under the same key is refused and holds nothing more', async () => {
    const content = contentOf(office, wish);
    done(await submitContent(office, applicant, { content, idempotencyKey }));
    const other = contentOf(office, { ...wish, environment: 'test' });
    expect(
      refused(await submitContent(office, applicant, { content: other, idempotencyKey })).code,
    ).toBe('request.idempotency_mismatch');
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
  });

  test('under the same key of another person is their own', async () => {
    done(
      await submitContent(office, applicant, { content: contentOf(office, wish), idempotencyKey }),
    );
    const content = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    expect(
      done(await submitContent(office, 'wjw-applicant', { content, idempotencyKey })).number,
    ).toBe('配申〔2026〕2 号');
  });

  test('of a draft answers with the first outcome, though the draft is no draft any more', async () => {
    const content = contentOf(office, wish);
    const draft = { id: null, version: null, content };
    const { id, version } = done(await saveDraft(office.deps, office.as(applicant), draft));
    const again = () => submitContent(office, applicant, { id, version, content, idempotencyKey });
    expect(done(await again())).toEqual(done(await again()));
    const other = { id, version, content: { ...content, reason: '另一个' }, idempotencyKey };
    expect(refused(await submitContent(office, applicant, other)).code).toBe(
      'request.idempotency_mismatch',
    );
  });
});

describe('at the same moment', () => {
  test('two changes of one allocation: one is taken, the other hears that it is busy', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { allocationId } = await taskOf(office, id);
    const change = { ...wish, kind: 'change', allocationId } as const;
    const outcomes = await Promise.all([
      submit(office, { ...change, amounts: { cpu: 8000 } }),
      submit(office, { ...change, amounts: { cpu: 16_000 } }),
      submit(office, { ...change, kind: 'release', amounts: {} }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes.filter(({ ok }) => !ok))
      expect(refused(outcome).issues?.[0]?.code).toBe('request.allocation_busy');
  });

  test('numbers have no gaps, whatever is refused between them', async () => {
    const small = { cpu: 1000 };
    const systems = ['rsj/jyfw', 'wjw/sbxx', 'rsj/sbxx', 'wjw/jyfw'];
    const wishes = (['prod', 'test'] as const).flatMap((environment) =>
      systems.flatMap((system) => [
        { ...wish, system, environment, amounts: small },
        ...(system.endsWith('jyfw') ? [{ ...wish, system, amounts: { cpu: 390_000 } }] : []),
      ]),
    );
    const outcomes = await Promise.all(wishes.map((one) => submit(office, one)));
    const numbers = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.number] : []));
    expect(numbers).toHaveLength(8);
    expect(new Set(numbers)).toEqual(
      new Set(Array.from({ length: 8 }, (_, index) => `配申〔2026〕${index + 1} 号`)),
    );
  });

  test('a new year begins again at one', async () => {
    await submitted(office, wish);
    office.clock.advance(Date.UTC(2026, 11, 31, 16) - office.clock.business());
    const { number } = await read(
      office,
      await submitted(office, { ...wish, environment: 'test' }),
    );
    expect(number).toBe('配申〔2027〕1 号');
  });
});

describe('a returned request', () => {
  const give = async (id: string) => {
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '用量偏大' }));
    return read(office, id);
  };

  test('becomes revision 2: same number, new content, new chain, new holds', async () => {
    const id = await submitted(office, wish);
    const { version, digest } = await give(id);
    const content = contentOf(office, { ...wish, amounts: { cpu: 2000 } });
    const again = done(await submitContent(office, applicant, { id, version, content }));
    expect(again).toMatchObject({ id, number: '配申〔2026〕1 号', version: version + 1 });
    const row = await read(office, id);
    expect(row).toMatchObject({ state: 'in_review', revision: 2, decidedAt: null });
    expect(row.digest).not.toBe(digest);
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(2000);
    const { approvalSteps, requestRevisions, ledgerTransfers } = office.deps.store.tables;
    const steps = await office.deps.store.read.select().from(approvalSteps);
    expect(steps.map(({ revision, state }) => `${revision} ${state}`)).toEqual([
      '1 returned',
      '1 skipped',
      '2 current',
      '2 waiting',
    ]);
    const revisions = await office.deps.store.read.select().from(requestRevisions);
    expect(revisions.map((one) => one.digest)).toEqual([digest, row.digest]);
    const causes = (await office.deps.store.read.select().from(ledgerTransfers)).map(
      ({ causeKind, causeId }) => `${causeKind} ${causeId.replace(id, '')}`,
    );
    expect(causes.filter((cause) => cause.includes(' :'))).toEqual([
      'hold :1:1',
      'hold_release :1:1',
      'hold :2:1',
    ]);
  });

  test('is refused to whoever read an older version, and nothing of theirs is written', async () => {
    const id = await submitted(office, wish);
    const { version } = await give(id);
    const content = contentOf(office, wish);
    const draft = { id, version, content: { ...content, reason: '另一位先改' } };
    done(await saveDraft(office.deps, office.as(applicant), draft));
    const error = refused(await submitContent(office, applicant, { id, version, content }));
    expect(error).toMatchObject({ code: 'request.stale', params: { version: version + 1 } });
    expect((await read(office, id)).content.reason).toBe('另一位先改');
  });

  test('of two who submit it at the same moment one is told that the other was first', async () => {
    const id = await submitted(office, wish);
    const { version } = await give(id);
    const outcomes = await Promise.all(
      [{ cpu: 2000 }, { cpu: 3000 }].map((amounts) => {
        const content = contentOf(office, { ...wish, amounts });
        return submitContent(office, applicant, { id, version, content });
      }),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const { content } = await read(office, id);
    expect(content.lines[0]?.amount).toBe(outcomes[0]?.ok ? 2000 : 3000);
  });

  test('is in the way of its own allocation to nobody but itself', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { allocationId } = await taskOf(office, id);
    const change = { ...wish, kind: 'change', allocationId, amounts: { cpu: 8000 } } as const;
    const changeId = await submitted(office, change);
    const { version } = await give(changeId);
    expect(refused(await submit(office, change)).issues?.[0]?.code).toBe('request.allocation_busy');
    const content = contentOf(office, { ...change, amounts: { cpu: 6000 } });
    done(await submitContent(office, applicant, { id: changeId, version, content }));
  });

  test('in any other state is not submitted again', async () => {
    const id = await submitted(office, wish);
    const { version } = await read(office, id);
    const content = contentOf(office, wish);
    expect(refused(await submitContent(office, applicant, { id, version, content })).code).toBe(
      'request.wrong_state',
    );
  });
});
