import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import { AnonymousRefusals } from '@yunheng/application/identity/anonymous-refusals';
import { LoginTurns } from '@yunheng/application/identity/login-turns';
import { readSetting } from '@yunheng/db/queries/identity';
import { probeStore } from '@yunheng/db/queries/meta';
import { openTasks } from '@yunheng/db/queries/tasks';
import { openStore } from '@yunheng/db/open-store';
import type { Store } from '@yunheng/db/store';
import { AdapterError } from '@yunheng/kernel/errors';
import type { Ids } from '@yunheng/kernel/ids';
import type { RpcDeps } from '@yunheng/rpc/context';
import type { Installation } from '@yunheng/rpc/installation';
import { ClusterRegistry } from './clusters/registry.ts';
import { clusterStates } from './clusters/states.ts';
import type { Config } from './config.ts';
import { createClock } from './crypto/clock.ts';
import { createIds } from './crypto/ids.ts';
import { createSecrets } from './crypto/passwords.ts';
import { openHeadLog } from './crypto/head-log.ts';
import { openSigner } from './crypto/signer.ts';
import type { Need } from './http/probes.ts';
import type { Recurring } from './jobs/schedule.ts';
import { version } from './version.ts';

/** Everything that a process is made of; `close` gives it back in the opposite order. */
export interface Composition {
  readonly config: Config;
  readonly deps: RpcDeps;
  readonly clusters: ClusterRegistry;
  readonly needs: readonly Need[];
  /** Work of the composition itself that the engine repeats. */
  readonly recurring: readonly Recurring[];
  /** One line on stderr: nobody is waiting for what failed in the background. */
  report(work: string, error: unknown): void;
  close(): Promise<void>;
}

/** The one place where adapters meet use cases. What exists here exists nowhere else as a default. */
export async function compose(
  config: Config,
  clusters: ClusterRegistry = new ClusterRegistry(),
): Promise<Composition> {
  mkdirSync(config.home, { recursive: true, mode: 0o700 });
  const ids = createIds();
  const store = await openStoreOf(config, ids);
  const clock = createClock(await businessOffset(store));
  const base = { store, clock, ids, secrets: createSecrets(), logins: new LoginTurns() };
  const refusals = new AnonymousRefusals(base);
  const deps: RpcDeps = {
    ...base,
    refusals,
    clusters,
    signer: openSigner(config.home),
    headLog: openHeadLog(config.home),
    installation: installationOf(config, { store, clusters }),
  };
  // Counted in the memory of this process, whichever its role.
  const minutely = setInterval(() => void refusals.flush().catch(() => undefined), 60_000).unref();
  return {
    config,
    deps,
    clusters,
    needs: [{ name: 'store', missing: () => probeStore(store).then(() => null) }],
    recurring: [{ name: 'seal', everyMs: 1_000, run: () => sealAudit(deps) }],
    report: (work, error) => {
      if (config.log !== 'silent') process.stderr.write(`${work}: ${reasonOf(error)}\n`);
    },
    async close() {
      clearInterval(minutely);
      await refusals.flush({ all: true });
      // What is written last is sealed too: a clean end leaves nothing that a verifier would have to doubt.
      await sealAudit(deps);
      await store.close();
    },
  };
}

/** The code of an adapter's error, never parameters of a statement (law S3). */
const reasonOf = (error: unknown): string =>
  error instanceof AdapterError ? error.code : error instanceof Error ? error.name : 'unknown';

/** The rows of a home: PostgreSQL where one is named, a file of SQLite where not. */
const openStoreOf = (config: Config, ids: Ids): Promise<Store> =>
  openStore(config.databaseUrl ?? join(config.home, 'yunheng.db'), {
    ids,
    schema: config.databaseSchema,
  });

/** Business time ahead of real time, set before the first row and kept in the database (design 7). */
async function businessOffset(store: Store): Promise<number> {
  const offset = await readSetting(store, 'clock.offset');
  return typeof offset === 'number' ? offset : 0;
}

function installationOf(
  config: Config,
  of: { store: Store; clusters: ClusterRegistry },
): Installation {
  return {
    profile: config.profile,
    version,
    clusters: () => clusterStates(of.store, of.clusters),
    backlog: () => openTasks(of.store),
  };
}
