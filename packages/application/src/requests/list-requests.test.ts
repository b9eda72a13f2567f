import { approved, contentOf, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import {
  decided,
  done,
  submitContent,
  submitted,
  type Somebody,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveDraft } from './drafts.ts';
import {
  listInbox,
  listRequests,
  type InboxInput,
  type ListRequestsInput,
} from './list-requests.ts';
import { withdrawRequest } from './withdraw.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({ systems: ['jyfw', 'sbxx', 'dzzz'] });
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } };
const callOf = (who: Somebody) => (typeof who === 'string' ? office.as(who) : who);

async function list(who: Somebody, over: Partial<ListRequestsInput> = {}) {
  const usual = { sort: 'number', order: 'asc', page: 1, size: 50 } as const;
  const page = done(await listRequests(office.deps, callOf(who), { ...usual, ...over }));
  return { ...page, numbers: page.rows.map(({ number }) => short(number)) };
}

async function inbox(who: Somebody, over: Partial<InboxInput> = {}) {
  const usual = { box: 'todo', sort: 'due', page: 1, size: 50 } as const;
  const page = done(await listInbox(office.deps, callOf(who), { ...usual, ...over }));
  return { ...page, numbers: page.rows.map(({ number }) => short(number)) };
}

/** 7 of 配申〔2026〕7 号. */
const short = (number: string | null) =>
  number === null ? null : Number(/〕(\d+) 号/u.exec(number)?.[1]);

const draftAs = async (who: 'rsj-applicant' | 'wjw-applicant', of: Wish) => {
  const draft = { id: null, version: null, content: contentOf(office, of) };
  return done(await saveDraft(office.deps, office.as(who), draft));
};

describe('the list of requests', () => {
  test('counts deadlines in working days, negative once they are over', async () => {
    await submitted(office, wish);
    await draftAs('rsj-applicant', wish);
    const left = async () =>
      (await list('rsj-applicant')).rows.map((row) => [row.workingDaysLeft, row.beyondCalendar]);
    expect(await left()).toEqual([
      [1, false],
      [null, false],
    ]);
    office.clock.advance(14 * 86_400_000);
    expect(await left()).toEqual([
      [-9, false],
      [null, false],
    ]);
  });

  test('shows a department its own, the province’s readers all, and drafts to nobody else', async () => {
    await submitted(office, wish);
    await submitted(office, { ...wish, system: 'wjw/jyfw' });
    await draftAs('rsj-applicant', wish);
    expect((await list('rsj-applicant')).numbers).toEqual([1, null]);
    expect((await list('rsj-head')).numbers).toEqual([1]);
    expect((await list('wjw-head')).numbers).toEqual([2]);
    for (const reader of ['operator', 'authority', 'auditor'] as const)
      expect((await list(reader)).numbers).toEqual([1, 2]);
  });

  test('filters by state, kind, department, node, system and text, each with its total', async () => {
    const first = await approved(office, wish);
    await office.settle();
    await submitted(office, { ...wish, system: 'rsj/sbxx', node: 'gz' });
    await submitted(office, { ...wish, system: 'wjw/jyfw' });
    const { departments, systems, cloudNodes } = office.names;
    const cases: readonly [Partial<ListRequestsInput>, readonly number[]][] = [
      [{ state: 'fulfilled' }, [1]],
      [{ state: 'in_review' }, [2, 3]],
      [{ kind: 'change' }, []],
      [{ department: departments.get('rsj')?.id }, [1, 2]],
      [{ node: cloudNodes.get('gz') }, [2]],
      [{ system: systems.get('wjw/jyfw')?.id }, [3]],
      [{ search: '〕3 号' }, [3]],
      [{ search: 'rsj sbxx' }, [2]],
      [{ search: '100%_' }, []],
      [{ state: 'in_review', node: cloudNodes.get('sheng'), search: 'wjw' }, [3]],
    ];
    for (const [filter, numbers] of cases) {
      const page = await list('operator', filter);
      expect([filter, page.numbers, page.total]).toEqual([filter, numbers, numbers.length]);
    }
    expect(first.number).toBe('配申〔2026〕1 号');
    // A filter never widens what one may see.
    expect((await list('rsj-head', { department: departments.get('wjw')?.id })).total).toBe(0);
  });

  test('sorts numbers as numbers, and what has no value last in both orders', async () => {
    const { version, id } = await draftAs('rsj-applicant', wish);
    for (let n = 0; n < 11; n++) {
      const submission = done(await submit(office, { ...wish, environment: 'test' }));
      const act = { id: submission.id, version: submission.version, reason: '试' };
      done(await withdrawRequest(office.deps, office.as('rsj-applicant'), act));
      office.clock.advance(1000);
    }
    // Typed first, submitted last: the number counts, not when it was begun.
    const content = contentOf(office, wish);
    done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    await draftAs('rsj-applicant', { ...wish, system: 'rsj/sbxx' });
    const up = [...Array.from({ length: 12 }, (_, index) => index + 1), null];
    expect((await list('rsj-applicant')).numbers).toEqual(up);
    const down = [...up.slice(0, -1).toReversed(), null];
    expect((await list('rsj-applicant', { order: 'desc' })).numbers).toEqual(down);
    // Only the one in review is due.
    for (const order of ['asc', 'desc'] as const)
      expect((await list('rsj-applicant', { sort: 'due', order })).numbers[0]).toBe(12);
    const submittedLast = await list('rsj-applicant', { sort: 'submitted', order: 'desc' });
    expect([submittedLast.numbers[0], submittedLast.numbers.at(-1)]).toEqual([12, null]);
  });

  test('pages without repeating or losing a row, and says how many there are', async () => {
    for (const system of ['rsj/jyfw', 'rsj/sbxx', 'rsj/dzzz'])
      for (const environment of ['prod', 'test'] as const)
        await submitted(office, { ...wish, system, environment });
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => list('operator', { page, size: 2, sort: 'updated' })),
    );
    expect(pages.map(({ total }) => total)).toEqual([6, 6, 6, 6]);
    const seen = pages.flatMap(({ numbers }) => numbers);
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    expect(pages[3]?.rows).toEqual([]);
  });

  test('shows of each what its reader looks for', async () => {
    await submitted(office, { ...wish, amounts: { cpu: 4000, memory: 2048 } });
    const [row] = (await list('rsj-head')).rows;
    expect(row).toMatchObject({
      system: { name: 'rsj jyfw 系统' },
      department: { name: 'rsj 测试部门' },
      applicant: 'rsj-applicant',
      amounts: { cpu: 4000, memory: 2048 },
      cloudNodes: ['省级政务云'],
      stepCode: 'head',
      taskState: null,
    });
  });
});

describe('the inbox', () => {
  test('shows each seat what waits for it, and what it decided', async () => {
    const id = await submitted(office, wish);
    await submitted(office, { ...wish, system: 'wjw/jyfw' });
    expect((await inbox('rsj-head')).numbers).toEqual([1]);
    expect((await inbox('wjw-head')).numbers).toEqual([2]);
    expect((await inbox('operator')).numbers).toEqual([]);
    done(await decided(office, 'rsj-head', { id }));
    expect((await inbox('rsj-head')).numbers).toEqual([]);
    expect((await inbox('rsj-head', { box: 'done' })).numbers).toEqual([1]);
    for (const who of ['operator', 'operator-approver'] as const)
      expect((await inbox(who)).numbers).toEqual([1]);
    done(await decided(office, 'operator', { id }));
    expect((await inbox('operator-approver')).numbers).toEqual([]);
    expect((await inbox('operator-approver', { box: 'done' })).numbers).toEqual([]);
    expect((await inbox('operator', { box: 'done' })).numbers).toEqual([1]);
    expect((await inbox('auditor')).total).toBe(0);
  });

  test('leaves out what one may not decide: one’s own, and what one has decided on already', async () => {
    const seats = [
      { role: 'applicant', department: 'rsj' },
      { role: 'head', department: 'rsj' },
      { role: 'operator', department: null },
    ] as const;
    const many = await addPerson(office.deps, { name: 'many', seats }, office.names.departments);
    done(await submitContent(office, many, { content: contentOf(office, wish) }));
    const id = await submitted(office, { ...wish, environment: 'test' });
    expect((await inbox(many)).numbers).toEqual([2]);
    expect((await inbox('rsj-head')).numbers).toEqual([1, 2]);
    done(await decided(office, many, { id }));
    const rest = await inbox(many);
    expect([rest.numbers, rest.total]).toEqual([[], 0]);
    expect((await inbox('operator')).numbers).toEqual([2]);
  });

  test('sorts by deadline, by submission, and by size over all pages', async () => {
    for (const [index, cpu] of [3000, 9000, 5000, 7000].entries()) {
      const system = index % 2 === 0 ? 'rsj/jyfw' : 'rsj/sbxx';
      const environment = index < 2 ? 'prod' : 'test';
      await submitted(office, { ...wish, system, environment, amounts: { cpu } });
      office.clock.advance(86_400_000);
    }
    expect((await inbox('rsj-head', { sort: 'due' })).numbers).toEqual([1, 2, 3, 4]);
    expect((await inbox('rsj-head', { sort: 'submitted' })).numbers).toEqual([1, 2, 3, 4]);
    const bySize = { sort: 'amount', size: 2 } as const;
    const pages = [
      (await inbox('rsj-head', { ...bySize, page: 1 })).numbers,
      (await inbox('rsj-head', { ...bySize, page: 2 })).numbers,
    ];
    expect(pages).toEqual([
      [2, 4],
      [3, 1],
    ]);
  });
});
