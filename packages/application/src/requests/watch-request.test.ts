import { submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { decided, done, refused, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestEventsAfter } from './watch-request.ts';

let office: Office;
let id: string;
beforeEach(async () => {
  office = await openOffice();
  id = await submitted(office, wish);
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000 } };
const after = async (lastEventId: string | null, who: 'rsj-applicant' | 'operator' = 'operator') =>
  done(await requestEventsAfter(office.deps, office.as(who), { id, lastEventId }));

describe('watching a request', () => {
  test('tells the whole story in order, with who did it', async () => {
    done(await decided(office, 'rsj-head', { id, opinion: '同意' }));
    done(await decided(office, 'operator', { id }));
    await office.settle();
    const story = await after(null);
    expect(story.slice(0, 5).map(({ event }) => [event.kind, event.actor])).toEqual([
      ['submitted', 'rsj-applicant'],
      ['step_approved', 'rsj-head'],
      ['step_approved', 'operator'],
      ['chain_complete', null],
      ['task_queued', null],
    ]);
    expect(story.at(-1)).toMatchObject({ event: { kind: 'task_ready' }, state: 'fulfilled' });
    expect(story[1]?.event.params).toEqual({ step: 'head', opinion: '同意' });
  });

  test('goes on after the last event that was seen: nothing twice, nothing left out', async () => {
    const seen = await after(null);
    const last = seen.at(-1)?.event.id ?? '';
    expect(await after(last)).toEqual([]);
    done(await decided(office, 'rsj-head', { id }));
    const next = await after(last);
    expect(next.map(({ event }) => event.kind)).toEqual(['step_approved']);
    done(await decided(office, 'operator', { id }));
    await office.settle();
    const rest = await after(next.at(-1)?.event.id ?? '');
    const all = await after(null);
    expect([...seen, ...next, ...rest].map(({ event }) => event)).toEqual(
      all.map(({ event }) => event),
    );
  });

  test('is for those who may read it; a stranger hears that it is not there', async () => {
    expect(await after(null, 'rsj-applicant')).toHaveLength(1);
    const ask = (who: 'wjw-head' | 'security-admin', of: string) =>
      requestEventsAfter(office.deps, office.as(who), { id: of, lastEventId: null });
    expect(refused(await ask('wjw-head', id))).toEqual(refused(await ask('wjw-head', 'qr_none')));
    expect((await ask('security-admin', id)).ok).toBe(false);
  });

  test('shows nothing of another request', async () => {
    const { id: other } = done(await submit(office, { ...wish, environment: 'test' }));
    done(await decided(office, 'rsj-head', { id: other }));
    expect((await after(null)).map(({ event }) => event.kind)).toEqual(['submitted']);
  });
});
