import { contentOf, read, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { addPerson } from '@yunheng/testkit/people';
import {
  capacityOf,
  decided,
  done,
  quotaOf,
  refused,
  rowCounts,
  submitContent,
  submitted,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../deps.ts';
import { discardDraft, saveDraft, type SaveDraftInput } from './drafts.ts';
import { getRequest } from './get-request.ts';
import { listRequests } from './list-requests.ts';
import { requestEventsAfter } from './watch-request.ts';
import { withdrawRequest } from './withdraw.ts';

let office: Office;
let colleague: Call;
beforeEach(async () => {
  office = await openOffice();
  const seats = [{ role: 'applicant', department: 'rsj' }] as const;
  colleague = await addPerson(office.deps, { name: 'colleague', seats }, office.names.departments);
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } };
const save = (over: Partial<SaveDraftInput> = {}, call: Call = office.as('rsj-applicant')) =>
  saveDraft(office.deps, call, {
    id: null,
    version: null,
    content: contentOf(office, wish),
    ...over,
  });
const listed = async (call: Call): Promise<readonly string[]> => {
  const page = { sort: 'updated', order: 'desc', page: 1, size: 20 } as const;
  return done(await listRequests(office.deps, call, page)).rows.map(({ id }) => id);
};

describe('a draft', () => {
  test('keeps what was typed, complete or not, and holds nothing', async () => {
    const content = { ...contentOf(office, wish), reason: '' };
    const lines = content.lines.map((line) => ({ ...line, amount: -0.5, itemVersionId: 'typing' }));
    const saved = done(await save({ content: { ...content, lines } }));
    expect(saved).toMatchObject({ version: 1, savedAt: office.clock.business() });
    const row = await read(office, saved.id);
    expect(row).toMatchObject({ state: 'draft', number: null, revision: 0, digest: null });
    expect(row.content).toEqual({ ...content, lines });
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(0);
  });

  test('that was never saved has no version: one that is given is refused, not dropped', async () => {
    expect(refused(await save({ version: 4 })).issues).toEqual([
      { path: 'version', code: 'input.not_applicable', params: {} },
    ]);
  });

  test('of two editors: the second is told, and nothing of theirs is written', async () => {
    const { id, version } = done(await save());
    const content = contentOf(office, { ...wish, amounts: { cpu: 8000 } });
    const saved = done(await save({ id, version, content }));
    expect(saved).toMatchObject({ id, version: version + 1 });
    const late = { ...content, reason: '较晚' };
    const error = refused(await save({ id, version, content: late }));
    expect(error).toMatchObject({ code: 'request.stale', params: { version: version + 1 } });
    expect((await read(office, id)).content).toEqual(content);
  });

  test('of two editors at the same moment one is told that the other was first', async () => {
    const { id, version } = done(await save());
    const outcomes = await Promise.all([save({ id, version }), save({ id, version })]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const late = outcomes.find(({ ok }) => !ok);
    expect(late && refused(late)).toMatchObject({
      code: 'request.stale',
      params: { version: version + 1 },
    });
  });

  test('does not exist for anybody else: not for a colleague, the head, or the operator', async () => {
    const { id, version } = done(await save());
    const content = contentOf(office, wish);
    const { deps } = office;
    for (const call of [colleague, office.as('rsj-head'), office.as('operator')]) {
      expect(refused(await getRequest(deps, call, { id })).code).toBe('access.not_found');
      const watched = await requestEventsAfter(deps, call, { id, lastEventId: null });
      expect(refused(watched).code).toBe('access.not_found');
      expect(await listed(call)).toEqual([]);
      expect(refused(await decided(office, call, { id })).code).toBe('access.not_found');
    }
    for (const outcome of [
      await save({ id, version }, colleague),
      await submitContent(office, colleague, { id, version, content }),
      await discardDraft(deps, colleague, { id, version }),
      await withdrawRequest(deps, colleague, { id, version, reason: '' }),
    ])
      expect(outcome).toMatchObject({ ok: false, error: { code: 'access.not_found' } });
    expect(await listed(office.as('rsj-applicant'))).toEqual([id]);
  });

  test('answers a stranger like an id that does not exist', async () => {
    const { id, version } = done(await save());
    const stranger = office.as('wjw-applicant');
    const content = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    const foreign = refused(await save({ id, version, content }, stranger));
    expect(foreign).toEqual(refused(await save({ id: 'qr_none', version, content }, stranger)));
    expect(foreign.code).toBe('access.not_found');
  });

  test('is refused for a system of another department', async () => {
    const content = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    const before = await rowCounts(office);
    expect(refused(await save({ content })).code).toBe('access.not_found');
    const after = await rowCounts(office);
    expect(after).toEqual({ ...before, auditEntries: (before['auditEntries'] ?? 0) + 1 });
  });

  test('becomes the request: same id, the content as submitted', async () => {
    const { id, version } = done(await save());
    const content = contentOf(office, { ...wish, amounts: { cpu: 8000 } });
    const outcome = done(await submitContent(office, 'rsj-applicant', { id, version, content }));
    expect(outcome).toMatchObject({ id, number: '配申〔2026〕1 号', version: version + 1 });
    expect((await read(office, id)).content).toEqual(content);
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(8000);
  });

  test('that is given up is listed nowhere as a draft, has no number, and stays given up', async () => {
    const { id, version } = done(await save());
    done(await discardDraft(office.deps, office.as('rsj-applicant'), { id, version }));
    expect(await read(office, id)).toMatchObject({ state: 'withdrawn', number: null });
    const again = await discardDraft(office.deps, office.as('rsj-applicant'), { id, version });
    expect(refused(again).code).toBe('request.wrong_state');
    expect(refused(await save({ id, version: version + 1 })).code).toBe('request.wrong_state');
  });

  test('that was changed meanwhile is not given up', async () => {
    const { id, version } = done(await save());
    done(await save({ id, version }));
    const late = await discardDraft(office.deps, office.as('rsj-applicant'), { id, version });
    expect(refused(late)).toMatchObject({
      code: 'request.stale',
      params: { version: version + 1 },
    });
  });
});

describe('between two departments of one person', () => {
  const seats = [
    { role: 'applicant', department: 'rsj' },
    { role: 'applicant', department: 'wjw' },
  ] as const;

  test('a draft moves with its system: request, holds and quota are of one department', async () => {
    const both = await addPerson(office.deps, { name: 'both', seats }, office.names.departments);
    const { id, version } = done(await save({}, both));
    const content = contentOf(office, { ...wish, system: 'wjw/jyfw' });
    done(await submitContent(office, both, { id, version, content }));
    const wjw = office.names.departments.get('wjw');
    expect(await read(office, id)).toMatchObject({
      departmentId: wjw?.id,
      tenantId: wjw?.tenantId,
    });
    expect((await quotaOf(office, 'wjw')).held).toBe(4000);
    done(await decided(office, 'wjw-head', { id }));
  });

  test('a returned request does not move without the right in both', async () => {
    const id = await submitted(office, { ...wish, system: 'wjw/jyfw' });
    done(await decided(office, 'wjw-head', { id, decision: 'return', opinion: '补充说明' }));
    const half = [seats[0], { role: 'head', department: 'wjw' }] as const;
    const person = { name: 'half', seats: half };
    const call = await addPerson(office.deps, person, office.names.departments);
    const { version } = await read(office, id);
    const content = contentOf(office, wish);
    const outcome = await submitContent(office, call, { id, version, content });
    expect(refused(outcome).code).toBe('access.not_found');
  });
});
