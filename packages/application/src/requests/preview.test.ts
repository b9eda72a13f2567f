import { approved, contentOf, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  decided,
  done,
  refused,
  rowCounts,
  submitContent,
  submitted,
  taskOf,
  withLinesOf,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { previewRequest } from './preview.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({ policy: { openHoldPermille: 900 } });
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 8000, memory: 16_384 } };
const preview = async (content: RequestContent, requestId: string | null = null) => {
  const call = office.as('rsj-applicant');
  return done(await previewRequest(office.deps, call, { ...content, requestId }));
};

async function standing(): Promise<string> {
  const { id } = await approved(office, wish);
  await office.settle();
  return (await taskOf(office, id)).allocationId;
}

describe('a preview', () => {
  test('writes nothing, whatever is wrong with it', async () => {
    const before = await rowCounts(office);
    await preview(contentOf(office, wish));
    await preview(contentOf(office, { ...wish, amounts: { cpu: 500_000 } }));
    await preview({ ...contentOf(office, wish), reason: '', lines: [] });
    const foreign = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    const refusal = await previewRequest(office.deps, office.as('rsj-applicant'), foreign);
    expect(refused(refusal).code).toBe('access.not_found');
    expect(await rowCounts(office)).toEqual(before);
  });

  test('shows the effect in both books, the chain and the end of the hold', async () => {
    const shown = await preview(contentOf(office, wish));
    expect(shown).toMatchObject({
      issues: [],
      shortfalls: [],
      steps: [
        { code: 'head', roles: ['head'], workingDays: 1 },
        { code: 'operator', roles: ['operator', 'operator_approver'], workingDays: 2 },
      ],
    });
    expect(shown.effect[0]).toMatchObject({
      resource: 'cpu',
      poolCode: 'sheng-x86-general',
      before: 0,
      after: 8000,
      poolFreeAfter: 292_000,
      quotaFreeAfter: 392_000,
    });
    await submitted(office, wish);
    const [hold] = await office.deps.store.read.select().from(office.deps.store.tables.holds);
    expect(shown.holdUntil).toBe(hold?.expiresAt);
  });

  test('warns of CPU without memory and of memory without CPU, and refuses neither', async () => {
    const lonely = contentOf(office, { ...wish, amounts: { cpu: 8000 } });
    expect(await preview(lonely)).toMatchObject({
      issues: [],
      warnings: [
        {
          path: 'lines.0.resource',
          code: 'request.no_ordinary_pods',
          params: { resource: 'memory' },
        },
      ],
    });
    expect((await preview(contentOf(office, wish))).warnings).toEqual([]);
    done(await submitContent(office, 'rsj-applicant', { content: lonely }));
  });

  test('shows a change from what stands to the new total, and holds only the increase', async () => {
    const change = { ...wish, kind: 'change', allocationId: await standing() } as const;
    const up = await preview(contentOf(office, { ...change, amounts: { cpu: 12_000 } }));
    expect(up.effect).toMatchObject([
      { before: 8000, after: 12_000, poolFreeAfter: 288_000, quotaFreeAfter: 388_000 },
    ]);
    const down = await preview(contentOf(office, { ...change, amounts: { cpu: 4000 } }));
    expect(down).toMatchObject({
      holdUntil: null,
      effect: [{ before: 8000, after: 4000, poolFreeAfter: 292_000 }],
    });
  });

  test('writes a release out: every resource of the allocation, its pool, down to zero', async () => {
    const allocationId = await standing();
    const release = { ...wish, kind: 'release', allocationId, amounts: {} } as const;
    const { effect, issues, holdUntil } = await preview(contentOf(office, release));
    expect({ issues, holdUntil }).toEqual({ issues: [], holdUntil: null });
    expect(effect).toMatchObject([
      { resource: 'cpu', poolCode: 'sheng-x86-general', before: 8000, after: 0 },
      { resource: 'memory', poolCode: 'sheng-x86-general', before: 16_384, after: 0 },
    ]);
    expect(effect.every(({ poolFreeAfter }) => poolFreeAfter !== null)).toBe(true);
  });

  test('does not let the draft or returned request that is typed stand in its own way', async () => {
    const allocationId = await standing();
    const change = { ...wish, kind: 'change', allocationId, amounts: { cpu: 9000 } } as const;
    const id = await submitted(office, change);
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '补充' }));
    const { content } = await read(office, id);
    expect((await preview(content, id)).issues).toEqual([]);
    expect((await preview(content)).issues).toMatchObject([{ code: 'request.allocation_busy' }]);
  });
});

describe('what submission would say', () => {
  const wishes: readonly [string, (office: Office) => RequestContent][] = [
    ['everything fits', (at) => contentOf(at, wish)],
    ['no reason', (at) => ({ ...contentOf(at, wish), reason: ' ' })],
    ['no lines', (at) => ({ ...contentOf(at, wish), lines: [] })],
    ['too little', (at) => contentOf(at, { ...wish, amounts: { cpu: 500 } })],
    ['no pool', (at) => contentOf(at, { ...wish, node: 'sgby' })],
    ['capacity', (at) => contentOf(at, { ...wish, amounts: { cpu: 310_000, memory: 1_000_000 } })],
    ['hold cap', (at) => contentOf(at, { ...wish, amounts: { storage: 40_007_680 } })],
    [
      'both books',
      (at) =>
        withLinesOf(
          at,
          { ...wish, amounts: { cpu: 305_000 } },
          { ...wish, node: 'gz', amounts: { cpu: 40_000 } },
        ),
    ],
  ];

  test.each(wishes)('is what the preview says: %s', async (_name, contentFor) => {
    const content = contentFor(office);
    const { issues, shortfalls } = await preview(content);
    const outcome = await submitContent(office, 'rsj-applicant', { content });
    if (outcome.ok) {
      expect({ issues, shortfalls }).toEqual({ issues: [], shortfalls: [] });
      return;
    }
    const { code, params, issues: found, details } = outcome.error;
    if (code === 'input.invalid') expect(issues).toEqual(found);
    else if (code === 'request.hold_cap') expect(issues).toEqual([{ path: 'lines', code, params }]);
    else expect(shortfalls).toEqual(details);
  });

  test('is what the preview says of a quota that several pools use up together', async () => {
    await approved(office, { ...wish, environment: 'test', amounts: { cpu: 150_000 } });
    await office.settle();
    const content = withLinesOf(
      office,
      { ...wish, amounts: { cpu: 148_000 }, kindOfPool: { arch: 'x86-64', poolClass: 'general' } },
      { ...wish, node: 'gz', amounts: { cpu: 99_000 } },
      {
        ...wish,
        node: 'sgby',
        amounts: { cpu: 5000 },
        kindOfPool: { arch: 'arm64', poolClass: 'general' },
      },
    );
    const { shortfalls } = await preview(content);
    const error = refused(await submitContent(office, 'rsj-applicant', { content }));
    expect(error.code).toBe('request.quota_short');
    expect(shortfalls).toEqual(error.details);
    expect(shortfalls).toMatchObject([{ book: 'quota', needed: 252_000, missing: 2000 }]);
  });

  test('names the same ways out', async () => {
    await submit(office, { ...wish, system: 'rsj/sbxx', node: 'gz', amounts: { cpu: 80_000 } });
    const content = contentOf(office, { ...wish, node: 'gz', amounts: { cpu: 30_000 } });
    const [shortfall] = (await preview(content)).shortfalls;
    expect(shortfall?.alternatives).toMatchObject([{ poolCode: 'sheng-x86-general' }]);
  });
});
