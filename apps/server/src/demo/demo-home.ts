import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoMark, mayBeDemo } from '@yunheng/application/identity/seed-demo-identities';
import { openStore } from '@yunheng/db/open-store';
import { forgetPostgres } from '@yunheng/db/postgres/forget';
import type { Store } from '@yunheng/db/store';
import { AdapterError } from '@yunheng/kernel/errors';
import { removePrivatePostgres } from '@yunheng/local-cluster/private-postgres';
import { removeCluster } from '@yunheng/local-cluster/stop';
import type { Config } from '../config.ts';
import { createIds } from '../crypto/ids.ts';
import { postgresFolder } from '../jobs/queue-source.ts';

export const clusterFolder = (home: string): string => join(home, 'clusters');

/** `--once` has a home of its own inside the home. */
export const onceHome = (home: string): string => join(home, 'once');

/** Forgets every row and every cluster. Touches nothing that is not a home of the product. */
export async function forget(config: Config): Promise<void> {
  await forgetDatabase(config);
  await forgetHome(config.home);
}

/** On a PostgreSQL that others use only what a demo has written may go. */
async function forgetDatabase({ databaseUrl, databaseSchema }: Config): Promise<void> {
  if (databaseUrl === null) return;
  const forgotten = await forgetPostgres(databaseUrl, {
    schema: databaseSchema,
    mark: demoMark,
  });
  if (!forgotten) throw notADemo();
}

const notADemo = (): AdapterError => new AdapterError('system.not_a_demo', { retryable: false });

/** Refused before anything is seeded or started: people's own system is no place for a demo. */
export async function refuseForeign(store: Store): Promise<void> {
  if (!(await mayBeDemo(store))) throw notADemo();
}

/** Opened as every start opens it, so that a database that is being served, or cannot be read, is left alone too. */
async function refuseForeignFile(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const store = await openStore(path, { ids: createIds() });
  try {
    await refuseForeign(store);
  } finally {
    await store.close();
  }
}

async function forgetHome(home: string): Promise<void> {
  if (!existsSync(home)) return;
  const entries = readdirSync(home);
  if (entries.length > 0 && !entries.some((entry) => marks.includes(entry))) {
    throw new Error(`${home} is no home of Yunheng: nothing was removed`);
  }
  await refuseForeignFile(join(home, 'yunheng.db'));
  const clusters = clusterFolder(home);
  if (existsSync(clusters)) {
    const own = readdirSync(clusters, { withFileTypes: true }).filter((one) => one.isDirectory());
    await Promise.all(own.map(({ name }) => removeCluster(clusters, name)));
  }
  await removePrivatePostgres(postgresFolder(home));
  rmSync(home, { recursive: true, force: true });
}

const marks: readonly string[] = ['yunheng.db', 'clusters', 'once', 'keys'];
