import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { walkChain } from '@yunheng/application/audit/walk-chain';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Composition } from '../compose.ts';
import { readConfig } from '../config.ts';
import { seedDemo } from '../demo/seed.ts';
import { createApp } from '../http/app.ts';

const home = mkdtempSync(join(tmpdir(), 'yunheng-proofs-'));
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

test('on PostgreSQL a thread with a pool of its own proves what this thread proves', async () => {
  const composition = await compose(
    readConfig({
      YUNHENG_HOME: home,
      YUNHENG_LOG: 'silent',
      YUNHENG_PROFILE: 'test',
      YUNHENG_DATABASE_SCHEMA: 'proofs',
      DATABASE_URL: await server.createDatabase(),
    }),
  );
  const { deps, clusters } = composition;
  await seedDemo(composition, { graceDays: null, standing: () => false });
  await sealAudit(deps);
  expect(await deps.proofs.chain()).toEqual(await walkChain(deps));
  const [there, here] = [await deps.proofs.laws(), await verifyLaws(deps, clusters)];
  expect({ ...there, at: 0 }).toEqual({ ...here, at: 0 });
  await composition.close();
});

describe('a proof on a thread of its own', () => {
  const home = mkdtempSync(join(tmpdir(), 'yunheng-proofs-'));
  let composition: Composition;
  beforeAll(async () => {
    const config = readConfig({
      YUNHENG_HOME: home,
      YUNHENG_LOG: 'silent',
      YUNHENG_PROFILE: 'test',
    });
    composition = await compose(config);
    await seedDemo(composition, { graceDays: null, standing: () => false });
    await manyEntries(composition, 6_000);
    await sealAudit(composition.deps);
  }, 120_000);
  afterAll(async () => {
    await composition.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('finds of every law what a sweep on this thread finds', async () => {
    const { deps, clusters } = composition;
    const [there, here] = [await deps.proofs.laws(), await verifyLaws(deps, clusters)];
    expect({ ...there, at: 0 }).toEqual({ ...here, at: 0 });
    expect(there.laws.filter((law) => law.checked > 0).length).toBeGreaterThan(5);
  });

  test('leaves this thread free to answer while it walks a long chain', async () => {
    const { config, deps } = composition;
    const app = await createApp({
      config,
      deps,
      needs: [],
      consoleFolder: '/nowhere',
      figures: () => Promise.reject(new Error('nobody asks')),
    });
    const answeredWhile = async (proof: Promise<{ ok: boolean; entries: number }>) => {
      let walked: { ok: boolean; entries: number } | null = null;
      void proof.then((done) => (walked = done));
      let answered = 0;
      while (walked === null) {
        const { statusCode } = await app.inject({
          url: '/healthz',
          headers: { host: 'localhost' },
        });
        expect(statusCode).toBe(200);
        answered++;
        await setImmediate();
      }
      return { answered, walked };
    };
    const here = await answeredWhile(walkChain(deps));
    const there = await answeredWhile(deps.proofs.chain());
    expect(there.walked).toEqual(here.walked);
    expect(there.walked).toMatchObject({ ok: true });
    // A walk on this thread lets nobody in between, however long it is.
    expect(here.answered).toBeLessThanOrEqual(2);
    expect(there.answered).toBeGreaterThan(20);
    await app.close();
  });
});

async function manyEntries({ deps }: Composition, count: number): Promise<void> {
  const audit = {
    actorId: 'usr_1',
    actorName: 'somebody',
    via: 'session',
    source: 'test',
    httpRequestId: '',
    action: 'estate.capacity',
    subjectKind: 'system',
    subjectId: 'x',
    tenantId: null,
    detail: {},
    at: deps.clock.business(),
  } as const;
  await Promise.all(
    Array.from({ length: count }, () => deps.store.refuse({ audit, code: 'access.forbidden' })),
  );
}
