import { balancesOfAccounts } from '../queries/balances.ts';
import type { Store } from '../store.ts';
import { capacityAccounts } from '@yunheng/domain/ledger/accounts';
import { AdapterError } from '@yunheng/kernel/errors';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { holdChange, insertUser, supplyChange, testPool } from '@yunheng/testkit/store-changes';
import { storeConformance } from '@yunheng/testkit/store-conformance';
import { numbered } from '@yunheng/testkit/store-conformance/numbering';
import { expectSound } from '@yunheng/testkit/store-conformance/oversell';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationsOf } from '../migrations.ts';
import { forgetPostgres } from './forget.ts';
import { openPostgres } from './open.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

storeConformance('PostgreSQL', async (ids) =>
  openPostgres(await server.createDatabase(), { ids, connections: 3 }),
);

/** Three processes on one database, each with a queue and a pool of its own. */
async function withProcesses(
  work: (stores: readonly Store[], first: Store) => Promise<void>,
): Promise<void> {
  const url = await server.createDatabase();
  const stores = await Promise.all(
    [1, 2, 3].map((process) => openPostgres(url, { ids: countedIds(process * 1_000_000) })),
  );
  const [first] = stores;
  try {
    if (first !== undefined) await work(stores, first);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

const lines = (process: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `ln_${process}_${index}`);

describe('several processes on one PostgreSQL', () => {
  test('never hand out more of one pool than it has, and refuse no hold that fits', async () => {
    await withProcesses(async (stores, first) => {
      const ids = countedIds(9_000_000);
      await first.commit(supplyChange(ids, 1000));
      const outcomes = await Promise.all(
        stores.flatMap((store, process) =>
          lines(process, 200).map((line) => store.commit(holdChange(ids, line, 2))),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(500);
      expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(100);
      await expectSound(first);
      const [free] = await balancesOfAccounts(first, [capacityAccounts.free(testPool)]);
      expect(free?.balance).toBe(0);
    });
  });

  test('agree on the outcome of one cause: done once, replayed elsewhere', async () => {
    await withProcesses(async (stores, first) => {
      const ids = countedIds(9_000_000);
      await first.commit(supplyChange(ids, 1000));
      for (const line of lines(0, 20)) {
        const outcomes = await Promise.all(
          stores.map((store) => store.commit(holdChange(ids, line, 1))),
        );
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(['done', 'done', 'done']);
        const replays = outcomes.filter((outcome) => outcome.kind === 'done' && outcome.replayed);
        expect(replays).toHaveLength(2);
      }
    });
  });

  test('number without gaps', async () => {
    await withProcesses(async (stores, first) => {
      const ids = countedIds(9_000_000);
      await first.commit(supplyChange(ids, 50));
      const outcomes = await Promise.all(
        stores.flatMap((store, process) =>
          lines(process, 30).map((name) => store.commit(numbered(ids, 1, name))),
        ),
      );
      const given = outcomes.flatMap((outcome) =>
        outcome.kind === 'done' ? [Number(/〕(\d+)/u.exec(outcome.number ?? '')?.[1])] : [],
      );
      expect(given.toSorted((left, right) => left - right)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
    });
  });

  test('a restarted server costs the waiting callers an error, not the process', async () => {
    await withProcesses(async (_stores, store) => {
      const ids = countedIds(9_000_000);
      await store.commit(supplyChange(ids, 10));
      await server.restart();
      const results = await Promise.allSettled(
        lines(0, 3).map((line) => store.commit(holdChange(ids, line, 1))),
      );
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        expect(result.reason).toBeInstanceOf(AdapterError);
        expect(result.reason).toMatchObject({ code: 'store.unavailable', retryable: true });
      }
      expect(await store.commit(holdChange(ids, 'ln_after', 1))).toMatchObject({ kind: 'done' });
    });
  });
});

describe('opening PostgreSQL', () => {
  test('a database of a newer version is left alone', async () => {
    const url = await server.createDatabase();
    const ids = countedIds();
    const supported = migrationsOf('postgres').count;
    await (await openPostgres(url, { ids })).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `insert into schema_migrations (hash, created_at) values ('later', 9000000000000)`,
    );
    await client.end();
    await expect(openPostgres(url, { ids })).rejects.toMatchObject({
      code: 'store.newer_version',
      params: { found: supported + 1, supported },
    });
  });

  test('a server that is not there is named as unavailable', async () => {
    await expect(
      openPostgres('postgres://postgres@127.0.0.1:1/none', { ids: countedIds() }),
    ).rejects.toMatchObject({ code: 'store.unavailable', retryable: true });
  });
});

describe('forgetting a demo', () => {
  const mark = 'demo.identities';
  const open = (url: string, schema: string) => openPostgres(url, { ids: countedIds(), schema });

  test('takes what the mark names, in its own schema, and leaves a neighbour alone', async () => {
    const url = await server.createDatabase();
    const neighbour = await open(url, 'public');
    await neighbour.commit(insertUser(countedIds(), 'zhang'));
    const once = await open(url, 'yunheng_once');
    await once.commit({
      ...insertUser(countedIds(), 'li'),
      inserts: [{ table: 'settings', row: { name: mark, value: [], version: 1 } }],
    });
    await once.close();
    expect(await forgetPostgres(url, { schema: 'yunheng_once', mark })).toBe(true);
    const again = await open(url, 'yunheng_once');
    expect(await again.read.$count(again.tables.settings)).toBe(0);
    expect(await neighbour.read.$count(neighbour.tables.users)).toBe(1);
    await Promise.all([again.close(), neighbour.close()]);
  });

  test('is refused where people are and no mark is', async () => {
    const url = await server.createDatabase();
    const store = await open(url, 'public');
    expect(await forgetPostgres(url, { schema: 'public', mark })).toBe(true);
    await store.close();
    const made = await open(url, 'public');
    await made.commit(insertUser(countedIds(), 'zhang'));
    expect(await forgetPostgres(url, { schema: 'public', mark })).toBe(false);
    expect(await made.read.$count(made.tables.users)).toBe(1);
    await made.close();
  });
});
