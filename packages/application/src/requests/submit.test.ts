import { documentsByIds } from '@yunheng/db/queries/catalog';
import type { Row } from '@yunheng/db/store';
import type { LineContent, RequestContent } from '@yunheng/domain/quota/request';
import { approved, contentOf, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  done,
  quotaOf,
  refused,
  rowCounts,
  submitContent,
  submitted,
  taskOf,
  withLinesOf,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditOf } from '../audit-of.ts';
import { systemCall } from '../identity/system-call.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };
const applicant = 'rsj-applicant';

/** The content with its first line altered. */
const withFirstLine = (over: Partial<LineContent>): RequestContent => {
  const content = contentOf(office, wish);
  return {
    ...content,
    lines: content.lines.map((line, index) => (index === 0 ? { ...line, ...over } : line)),
  };
};

async function problems(content: RequestContent): Promise<string[]> {
  const before = await rowCounts(office);
  const error = refused(await submitContent(office, applicant, { content }));
  const after = await rowCounts(office);
  // Law S1: one entry for the refusal; and nothing of the request itself.
  expect(after).toEqual({ ...before, auditEntries: (before['auditEntries'] ?? 0) + 1 });
  return [error.code, ...(error.issues ?? []).map(({ path, code }) => `${path} ${code}`)];
}

describe('a submission', () => {
  test('holds each line in both books, freezes its content and opens the chain', async () => {
    const id = await submitted(office, wish);
    const row = await read(office, id);
    expect(row).toMatchObject({ state: 'in_review', revision: 1, number: '配申〔2026〕1 号' });
    expect(await capacityOf(office, 'sheng-x86-general')).toEqual({
      free: 296_000,
      held: 4000,
      taken: 0,
    });
    expect(await quotaOf(office, 'rsj')).toEqual({ free: 396_000, held: 4000, taken: 0 });
    const steps = await office.deps.store.read
      .select()
      .from(office.deps.store.tables.approvalSteps);
    expect(steps.map(({ code, state, digest }) => [code, state, digest])).toEqual([
      ['head', 'current', row.digest],
      ['operator', 'waiting', row.digest],
    ]);
  });

  test('tells the head that it waits, and nobody of another department', async () => {
    const id = await submitted(office, wish);
    const notices = await office.deps.store.read.select().from(office.deps.store.tables.notices);
    expect(notices).toMatchObject([
      { userId: office.as('rsj-head').actor.userId, kind: 'act', requestId: id },
    ]);
  });

  test('takes of two pools that fit the one with more free', async () => {
    const content = withLinesOf(
      office,
      { ...wish, amounts: { cpu: 4000 } },
      { ...wish, node: 'gz', amounts: { cpu: 2000 } },
    );
    done(await submitContent(office, applicant, { content }));
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
    expect((await capacityOf(office, 'gz-x86-general')).held).toBe(2000);
    expect((await quotaOf(office, 'rsj')).held).toBe(6000);
  });

  test('is due at the end of a working day: a weekend and a holiday do not count', async () => {
    const thursday = Date.UTC(2026, 11, 31, 1); // 09:00 in Shanghai; Friday the first is a holiday
    office.clock.advance(thursday - office.clock.business());
    const { dueAt } = await read(office, await submitted(office, wish));
    const endOfMonday = Date.UTC(2027, 0, 4, 16);
    expect(dueAt).toBe(endOfMonday);
    const [hold] = await office.deps.store.read.select().from(office.deps.store.tables.holds);
    const endOfTenthDay = Date.UTC(2027, 0, 15, 16); // Friday a fortnight later
    expect(hold?.expiresAt).toBe(endOfTenthDay);
  });
});

describe('a content that cannot be submitted', () => {
  test('hears of every problem at once, in the order of the form', async () => {
    const content = withLinesOf(office, wish, { ...wish, amounts: { storage: 10_240 } });
    const [cpu, memory, storage] = content.lines;
    if (!cpu || !memory || !storage) throw new Error('three lines');
    const lines = [{ ...cpu, amount: 1500 }, { ...memory, amount: -1024 }, storage, storage];
    expect(await problems({ ...content, reason: '  ', lines })).toEqual([
      'input.invalid',
      'reason input.required',
      'lines.0.amount quantity.not_step',
      'lines.1.amount quantity.negative',
      'lines.3.resource request.line_duplicate',
    ]);
  });

  test.each([
    ['below the minimum', 0, 'quantity.below_minimum'],
    ['not a step', 1001, 'quantity.not_step'],
    ['negative', -1000, 'quantity.negative'],
    ['a fraction', 1000.5, 'quantity.not_integer'],
    ['beyond 2^53', 2 ** 53 + 2, 'quantity.too_large'],
    ['not finite', Number.POSITIVE_INFINITY, 'quantity.too_large'],
    ['beyond the maximum of its item', 10_001_000, 'quantity.too_large'],
  ])('an amount that is %s', async (_what, amount, code) => {
    expect(await problems(withFirstLine({ amount }))).toEqual([
      'input.invalid',
      `lines.0.amount ${code}`,
    ]);
  });

  test('an item that does not exist, is for another resource, or is not in force', async () => {
    const { items } = office.names;
    const now = office.clock.business();
    const versions = [
      await itemVersion({ state: 'draft' }),
      await itemVersion({ effectiveTo: now }),
      await itemVersion({ effectiveFrom: now + 1 }),
    ];
    const memory = items.get('memory') ?? '';
    for (const itemVersionId of ['cat_unknown', memory, ...versions]) {
      const code = itemVersionId === memory ? 'item_resource' : 'item_unavailable';
      expect(await problems(withFirstLine({ itemVersionId }))).toEqual([
        'input.invalid',
        `lines.0.itemVersionId request.${code}`,
      ]);
    }
  });

  test('a node that does not exist, or has no pool of that kind', async () => {
    const lines = contentOf(office, { ...wish, amounts: { memory: 1024 } }).lines;
    for (const over of [{ cloudNodeId: 'cn_unknown' }, { arch: 'arm64' as const }]) {
      const content = { ...contentOf(office, wish), lines: lines.map((l) => ({ ...l, ...over })) };
      expect(await problems(content)).toEqual([
        'input.invalid',
        'lines.0.cloudNodeId request.no_pool',
      ]);
    }
  });

  test('an item of one architecture in a pool of another', async () => {
    const [code, ...issues] = await problems(withFirstLine({ arch: 'arm64' }));
    expect(code).toBe('input.invalid');
    expect(issues).toContain('lines.0.itemVersionId request.item_pool');
  });

  test('no lines, and more than a request may have', async () => {
    const { lines, ...content } = contentOf(office, wish);
    expect(await problems({ ...content, lines: [] })).toContain('lines request.no_lines');
    const many = Array.from({ length: 11 }, () => lines).flat();
    expect(await problems({ ...content, lines: many })).toContain('lines request.too_many_lines');
  });

  test('an environment that has an allocation in the only pool of that kind', async () => {
    await approved(office, wish);
    await office.settle();
    expect(await problems(contentOf(office, wish))).toContain(
      'lines.0.cloudNodeId request.allocation_exists',
    );
    expect(done(await submit(office, { ...wish, node: 'gz' })).number).toBe('配申〔2026〕2 号');
  });

  test('a change that changes nothing, of no allocation, of a foreign one, or of one that is busy', async () => {
    const request = await approved(office, wish);
    const { allocationId } = await taskOf(office, request.id);
    const change = { ...wish, kind: 'change', allocationId } as const;
    expect(await problems(contentOf(office, change))).toContain(
      'allocationId allocation.not_active',
    );
    await office.settle();
    expect(await problems(contentOf(office, change))).toEqual([
      'input.invalid',
      'lines request.no_change',
    ]);
    const foreign = { ...change, system: 'rsj/sbxx', amounts: { cpu: 9000 } };
    const unknown = ['input.invalid', 'allocationId request.allocation_unknown'];
    expect(await problems(contentOf(office, foreign))).toEqual(unknown);
    const nobodys = { ...foreign, allocationId: 'alc_nobodys' };
    expect(await problems(contentOf(office, nobodys))).toEqual(unknown);
    const more = { ...change, amounts: { cpu: 9000 } };
    await submitted(office, more);
    expect(await problems(contentOf(office, more))).toContain(
      'allocationId request.allocation_busy',
    );
  });

  test('what its kind does not ask for, told with everything else that is wrong', async () => {
    const content = { ...contentOf(office, wish), allocationId: 'alc_any', reason: '' };
    const outcome = await submitContent(office, applicant, { content, version: 3 });
    expect(refused(outcome).issues).toEqual([
      { path: 'version', code: 'input.not_applicable', params: {} },
      { path: 'allocationId', code: 'input.not_applicable', params: { kind: 'new' } },
      { path: 'reason', code: 'input.required', params: {} },
    ]);
  });

  test('a change that would move to another pool', async () => {
    const { id } = await approved(office, wish);
    await office.settle();
    const { allocationId } = await taskOf(office, id);
    const moved = {
      ...wish,
      kind: 'change',
      allocationId,
      node: 'gz',
      amounts: { cpu: 9000 },
    } as const;
    expect(await problems(contentOf(office, moved))).toEqual([
      'input.invalid',
      'lines.0.cloudNodeId request.change_elsewhere',
    ]);
  });
});

/** One more version of the item for x86 processors. */
async function itemVersion(over: Partial<Row<'versionedDocuments'>>): Promise<string> {
  const { store, ids } = office.deps;
  const [row] = await documentsByIds(store, [office.names.items.get('compute-x86') ?? '']);
  if (row === undefined) throw new Error('the province has processors');
  const id = ids.next('catalogItem');
  const revision = 2 + (await store.read.$count(store.tables.versionedDocuments));
  await store.commit({
    audit: auditOf(office.deps, systemCall, {
      action: 'test.item',
      subjectKind: 'document',
      subjectId: id,
      tenantId: null,
    }),
    inserts: [{ table: 'versionedDocuments', row: { ...row, id, revision, ...over } }],
  });
  return id;
}

describe('whose system it is', () => {
  test('a foreign system and one that does not exist answer the same', async () => {
    const foreign = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    const [one, other] = [
      refused(await submitContent(office, applicant, { content: foreign })),
      refused(
        await submitContent(office, applicant, { content: { ...foreign, systemId: 'sys_none' } }),
      ),
    ];
    expect(one).toEqual(other);
    expect(one.code).toBe('access.not_found');
  });

  test('a foreign request and one that does not exist answer the same', async () => {
    const id = await submitted(office, { ...wish, system: 'wjw/jyfw' });
    const content = contentOf(office, wish);
    const [one, other] = [
      refused(await submitContent(office, applicant, { id, version: 1, content })),
      refused(await submitContent(office, applicant, { id: 'qr_none', version: 1, content })),
    ];
    expect(one).toEqual(other);
    expect(one.code).toBe('access.not_found');
  });

  test('a head and an operator may not submit', async () => {
    const content = contentOf(office, wish);
    for (const person of ['rsj-head', 'operator'] as const)
      expect(refused(await submitContent(office, person, { content })).code).toBe(
        'access.forbidden',
      );
  });
});
