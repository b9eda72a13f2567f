import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import { verifyLaws } from '@yunheng/application/audit/verify/verify-laws';
import { walkChain } from '@yunheng/application/audit/walk-chain';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../compose.ts';
import { readConfig } from '../config.ts';
import { seedDemo } from '../demo/seed.ts';

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
