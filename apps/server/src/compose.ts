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
import type { Clock } from '@yunheng/kernel/clock';
import { AdapterError } from '@yunheng/kernel/errors';
import type { Ids } from '@yunheng/kernel/ids';
import type { RpcDeps } from '@yunheng/rpc/context';
import type { Installation } from '@yunheng/rpc/installation';
import { OpenStreams } from '@yunheng/rpc/open-streams';
import { ClusterRegistry } from './clusters/registry.ts';
import { clusterStates } from './clusters/states.ts';
import type { Config } from './config.ts';
import { businessOffset, createClock } from './crypto/clock.ts';
import { createIds } from './crypto/ids.ts';
import { createSecrets } from './crypto/passwords.ts';
import { openHeadLog } from './crypto/head-log.ts';
import { openSigner } from './crypto/signer.ts';
import type { Need } from './http/probes.ts';
import type { Recurring } from './jobs/schedule.ts';
import { proofsBeside, type ProofsBeside } from './proofs/proofs-beside.ts';
import { startThread } from './proofs/start-thread.ts';
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
  const clock = createClock(businessOffset(await readSetting(store, 'clock.offset')));
  const base = { store, clock, ids, secrets: createSecrets(), logins: new LoginTurns() };
  const refusals = new AnonymousRefusals(base);
  const proofs = proofsOf(config, { clock, clusters });
  const deps: RpcDeps = {
    ...base,
    refusals,
    clusters,
    proofs,
    streams: new OpenStreams(),
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
    report: (work, error) => report(config, work, error),
    async close() {
      clearInterval(minutely);
      await proofs.close();
      await refusals.flush({ all: true });
      // What is written last is sealed too: a clean end leaves nothing that a verifier would have to doubt.
      await sealAudit(deps);
      await store.close();
    },
  };
}

/** Below the five minutes after which clients give up by themselves. */
const proofDeadlineMs = 180_000;

function proofsOf(config: Config, of: { clock: Clock; clusters: ClusterRegistry }): ProofsBeside {
  return proofsBeside({
    clock: of.clock,
    deadlineMs: proofDeadlineMs,
    failed: (error) => report(config, 'proof', error),
    start: startThread,
    task: (kind) => ({
      kind,
      home: config.home,
      databaseUrl: rowsOf(config),
      databaseSchema: config.databaseSchema,
      clusters: of.clusters
        .entries()
        .flatMap(({ name, cluster, running }) =>
          cluster === null || running === null
            ? []
            : [{ name, kubeconfig: running.kubeconfigProvisioner }],
        ),
    }),
  });
}

function report(config: Config, work: string, error: unknown): void {
  if (config.log !== 'silent') process.stderr.write(`${work}: ${reasonOf(error)}\n`);
}

/** The code of an adapter's error, never parameters of a statement (law S3). */
const reasonOf = (error: unknown): string =>
  error instanceof AdapterError ? error.code : error instanceof Error ? error.name : 'unknown';

/** The rows of a home: PostgreSQL where one is named, a file of SQLite where not. */
const openStoreOf = (config: Config, ids: Ids): Promise<Store> =>
  openStore(rowsOf(config), { ids, schema: config.databaseSchema });

const rowsOf = (config: Config): string => config.databaseUrl ?? join(config.home, 'yunheng.db');

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
