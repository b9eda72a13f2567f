import { anyStory, brokenBy } from '@yunheng/testkit/any-story';
import { openStore } from '@yunheng/db/open-store';
import type { Store } from '@yunheng/db/store';
import { contentOf, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice } from '@yunheng/testkit/office';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { done, refused, submitted } from '@yunheng/testkit/request-desk';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemCall } from '../identity/system-call.ts';
import { saveDraft } from './drafts.ts';
import { expireHolds } from './expire-holds.ts';
import { listInbox, listRequests } from './list-requests.ts';
import { submitRequest } from './submit.ts';
import { withdrawRequest } from './withdraw.ts';

const seed = Number(process.env['YUNHENG_TEST_SEED'] ?? Date.now() % 1_000_000);

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', environment: 'test', amounts: { cpu: 1000 } };

test(`any sequence of acts keeps the laws on PostgreSQL (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async (moments) => {
      const office = await openOffice({ url: await server.createDatabase(), graceDays: 7 });
      try {
        expect(await brokenBy(office, moments)).toEqual([]);
      } finally {
        await office.close();
      }
    }),
    { seed, numRuns: 4 },
  );
});

test('of two new requests for one environment that two processes take at once, one is accepted', async () => {
  const url = await server.createDatabase();
  const office = await openOffice({ url });
  const other = await openStore(url, { ids: office.deps.ids });
  try {
    const send = (store: Store, idempotencyKey: string) =>
      submitRequest({ ...office.deps, store }, office.as('rsj-applicant'), {
        id: null,
        version: null,
        content: contentOf(office, wish),
        idempotencyKey,
      });
    const outcomes = await Promise.all([
      send(office.deps.store, 'first-process'),
      send(other, 'other-process'),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const late = outcomes.find(({ ok }) => !ok);
    expect(late && refused(late).issues).toMatchObject([
      { code: 'request.new_under_way', params: { number: '配申〔2026〕1 号' } },
    ]);
  } finally {
    await other.close();
    await office.close();
  }
});

test('lists sort there as they do on SQLite: numbers as numbers, sizes over pages, nulls last', async () => {
  const office = await openOffice({ url: await server.createDatabase() });
  try {
    const applicant = office.as('rsj-applicant');
    const draft = { id: null, version: null, content: contentOf(office, wish) };
    done(await saveDraft(office.deps, applicant, draft));
    for (let n = 1; n <= 10; n++) {
      const place = {
        ...wish,
        system: n === 9 ? 'rsj/sbxx' : 'rsj/jyfw',
        amounts: { cpu: n * 1000 },
      };
      const environment = n === 10 ? 'prod' : 'test';
      const { id, version } = done(await submit(office, { ...place, environment }));
      if (n < 8) done(await withdrawRequest(office.deps, applicant, { id, version, reason: '试' }));
    }
    const page = { sort: 'number', order: 'asc', page: 1, size: 20 } as const;
    const { rows } = done(await listRequests(office.deps, applicant, page));
    expect(rows.map(({ number }) => number)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `配申〔2026〕${index + 1} 号`),
      null,
    ]);
    const box = { box: 'todo', sort: 'amount', page: 1, size: 2 } as const;
    const inbox = done(await listInbox(office.deps, office.as('rsj-head'), box));
    expect(inbox.rows.map(({ amounts }) => amounts.cpu)).toEqual([10_000, 9000]);
    expect(inbox.total).toBe(3);
    office.clock.advance(31 * 86_400_000);
    expect(await expireHolds(office.deps, systemCall)).toEqual({ expired: 3 });
    await submitted(office, { ...wish, system: 'wjw/jyfw' });
  } finally {
    await office.close();
  }
});
