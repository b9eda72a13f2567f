import type { Update } from '@yunheng/db/store';
import { contentOf, read, type Wish } from '@yunheng/testkit/carry-request';
import type { Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import { decided, done, overtaken, refused, submitContent } from '@yunheng/testkit/request-desk';
import { openRequestInReview, type RequestInReview } from '@yunheng/testkit/request-in-review';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditOf } from '../audit-of.ts';
import { systemCall } from '../identity/system-call.ts';
import { decideRequest } from './decide.ts';

let review: RequestInReview;
let office: Office;
let wish: Wish;
let id: string;
beforeEach(async () => {
  review = await openRequestInReview();
  ({ office, wish, id } = review);
});
afterEach(() => office.close());

describe('who may not decide', () => {
  test('whoever has not the seat: the other step, another department, no approver at all', async () => {
    expect((await review.refusal('operator')).code).toBe('approval.not_your_step');
    expect((await review.refusal('authority')).code).toBe('approval.not_your_step');
    expect((await review.refusal('wjw-head')).code).toBe('access.not_found');
    for (const who of ['auditor', 'security-admin'] as const)
      expect(['access.forbidden', 'access.not_found']).toContain((await review.refusal(who)).code);
    done(await decided(office, 'rsj-head', { id }));
    expect((await review.refusal('rsj-head')).code).toBe('approval.twice');
  });

  test('the applicant, though they are head as well (A2)', async () => {
    const seats = [
      { role: 'applicant', department: 'rsj' },
      { role: 'head', department: 'rsj' },
    ] as const;
    const both = await addPerson(office.deps, { name: 'both', seats }, office.names.departments);
    const content = contentOf(office, { ...wish, environment: 'test' });
    const own = done(await submitContent(office, both, { content })).id;
    expect((await review.refusal(both, { id: own })).code).toBe('approval.own_request');
    done(await decided(office, 'rsj-head', { id: own }));
  });

  test('whoever submitted an earlier revision of it (A2)', async () => {
    const seats = [
      { role: 'applicant', department: 'rsj' },
      { role: 'head', department: 'rsj' },
    ] as const;
    const author = await addPerson(
      office.deps,
      { name: 'author', seats },
      office.names.departments,
    );
    const back = { id, decision: 'return', opinion: '补充' } as const;
    done(await decided(office, 'rsj-head', back));
    const { version } = await read(office, id);
    const content = contentOf(office, wish);
    done(await submitContent(office, author, { id, version, content }));
    expect((await review.refusal(author)).code).toBe('approval.own_request');
    done(await decided(office, 'rsj-head', back));
    const third = { id, version: (await read(office, id)).version, content };
    done(await submitContent(office, 'rsj-applicant', third));
    expect((await review.refusal(author)).code).toBe('approval.own_request');
  });

  test('the same person at two steps (A2)', async () => {
    const seats = [
      { role: 'head', department: 'rsj' },
      { role: 'operator', department: null },
    ] as const;
    const both = await addPerson(office.deps, { name: 'both', seats }, office.names.departments);
    done(await decided(office, both, { id }));
    expect((await review.refusal(both)).code).toBe('approval.twice');
    done(await decided(office, 'operator', { id }));
  });

  test('whoever decided a revision that was returned may decide the next one', async () => {
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '补充' }));
    const { version } = await read(office, id);
    const content = contentOf(office, wish);
    done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    done(await decided(office, 'rsj-head', { id }));
  });

  test('whoever has lost the role, whatever their session still says (A2)', async () => {
    await endSeat('rsj-head');
    expect((await review.refusal('rsj-head')).code).toBe('access.forbidden');
  });

  test('whoever loses the role between their reading and the commit (A2)', async () => {
    const late = overtaken(office.deps, () => endSeat('rsj-head'));
    const { version, digest } = await read(office, id);
    const input = { id, version, digest: digest ?? '', opinion: '', moves: [] };
    const call = office.as('rsj-head');
    const outcome = await decideRequest(late, call, { ...input, decision: 'approve' });
    expect(refused(outcome).code).toBe('access.forbidden');
    expect(await read(office, id)).toMatchObject({ version, state: 'in_review' });
  });
});

/** The security administrator takes the role away. */
async function endSeat(person: 'rsj-head'): Promise<void> {
  const { roleGrants } = office.deps.store.tables;
  const { userId } = office.as(person).actor;
  const rows = await office.deps.store.read.select().from(roleGrants);
  const at = office.clock.business();
  await office.deps.store.commit({
    audit: auditOf(office.deps, systemCall, {
      action: 'test.seats',
      subjectKind: 'user',
      subjectId: userId,
      tenantId: null,
    }),
    updates: rows
      .filter((row) => row.userId === userId && row.effectiveTo === null)
      .map((row): Update => ({
        table: 'roleGrants',
        key: row.id,
        version: row.version,
        set: { effectiveTo: at },
      })),
  });
}
