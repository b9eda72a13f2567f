import { setTimeout as sleep } from 'node:timers/promises';
import { offeredIdentities } from '@yunheng/application/identity/seed-demo-identities';
import { findClusterSource, type ClusterSource } from '@yunheng/local-cluster/source';
import { stopCluster } from '@yunheng/local-cluster/stop';
import { translate } from '@yunheng/messages/translate';
import { exit, type ExitCode } from '../cli/exit.ts';
import { interrupted } from '../cli/interrupted.ts';
import { flagOption, portOption, type Invocation } from '../cli/verb.ts';
import { bringUpClusters } from '../clusters/bring-up.ts';
import type { ClusterRegistry } from '../clusters/registry.ts';
import type { Config } from '../config.ts';
import { serve, type Running } from '../serve.ts';
import { clusterFolder, forget, onceHome } from './demo-home.ts';
import { runOnce } from './once.ts';
import { followPreparation } from './preparation.ts';
import { seedDemo, type DemoSeed } from './seed.ts';
import { demoClusters } from './workers.ts';

const clusterDeadlineMs = 30 * 60_000;

/** The whole product with a living province: until Ctrl-C, or once through the main job. */
export async function runDemo(invocation: Invocation): Promise<ExitCode> {
  const end = interrupted();
  const once = flagOption(invocation, 'once');
  const config = demoConfig(invocation, once);
  // An empty ledger does not know yesterday's namespaces: `--once` begins with clusters of its own, too.
  if (flagOption(invocation, 'fresh') || once) await forget(config);
  const startedAt = Date.now();
  const source = flagOption(invocation, 'no-clusters')
    ? null
    : await findClusterSource(invocation.env);
  const stopping = new AbortController();
  const starting = serve(config, {
    role: 'all',
    prepare: (composition) => seedDemo(composition, once ? onceSeed : fullSeed),
    ...(source === null
      ? {}
      : {
          bringUp: (clusters) => start(config, { source, clusters, once, signal: stopping.signal }),
        }),
  });
  const running = await end.orNull(starting);
  if (running === null) return once ? exit.interrupted : exit.ok;
  announce(invocation, { running, source, once });
  const unfollow = followPreparation(invocation.terminal, running.composition.clusters);
  try {
    if (!once) {
      await end.heard;
      return exit.ok;
    }
    if (source === null) return exit.unreadable;
    const played = play(invocation, {
      running,
      kind: source.kind,
      startedAt,
      signal: stopping.signal,
    });
    return await Promise.race([played, end.heard.then(() => exit.interrupted)]);
  } finally {
    unfollow();
    stopping.abort();
    await running.close();
    if (!once && source?.kind === 'local') await stopClusters(config);
  }
}

/** The main job as soon as the clusters are there. */
async function play(
  { terminal }: Invocation,
  of: { running: Running; kind: ClusterSource['kind']; startedAt: number; signal: AbortSignal },
): Promise<ExitCode> {
  await clustersReady(of.running.composition.clusters, of.signal);
  const nodes = new Map(demoClusters().map(({ name, workerNodes }) => [name, workerNodes.length]));
  return runOnce({ ...of, terminal, nodes, clustersReadyAt: Date.now() });
}

const fullSeed: DemoSeed = { graceDays: null, standing: () => true };
/** Enough of the province for the refusal to be real: the pool that is nearly full, and the applicant's own systems. */
const onceSeed: DemoSeed = { graceDays: 0, standing: (row) => row.pool === 'sheng-arm-npu' };

/** On PostgreSQL, what a home of its own is on disk. */
const onceSchema = 'yunheng_once';

function demoConfig(invocation: Invocation, once: boolean): Config {
  const { config } = invocation;
  return {
    ...config,
    profile: 'demo',
    home: once ? onceHome(config.home) : config.home,
    databaseSchema: once ? onceSchema : config.databaseSchema,
    port: once ? 0 : portOption(invocation),
  };
}

function start(
  config: Config,
  of: { source: ClusterSource; clusters: ClusterRegistry; once: boolean; signal: AbortSignal },
): Promise<void> {
  return bringUpClusters({
    source: of.source,
    wanted: demoClusters(),
    stateDir: clusterFolder(config.home),
    cacheDir: config.cacheDir,
    attached: !of.once,
    signal: of.signal,
    registry: of.clusters,
  });
}

async function stopClusters(config: Config): Promise<void> {
  await Promise.all(
    demoClusters().map(({ name }) => stopCluster(clusterFolder(config.home), name)),
  );
}

async function clustersReady(clusters: ClusterRegistry, signal: AbortSignal): Promise<void> {
  const until = Date.now() + clusterDeadlineMs;
  for (;;) {
    const entries = clusters.entries();
    const failed = entries.find((entry) => entry.failure !== null);
    if (failed !== undefined) throw new Error(`${failed.name}: ${failed.failure}`);
    if (entries.length > 0 && entries.every((entry) => entry.cluster !== null)) return;
    if (Date.now() > until) throw new Error('the clusters did not become ready in time');
    await sleep(100, undefined, { signal });
  }
}

function announce(
  invocation: Invocation,
  of: { running: Running; source: ClusterSource | null; once: boolean },
): void {
  const { terminal } = invocation;
  const { locale } = terminal;
  const say = (text: string) => terminal.say(text);
  say(
    translate(locale, 'demo.queue', {
      kind: of.running.queue.kind,
      origin: of.running.queue.origin,
    }),
  );
  const sourceKey = {
    contexts: 'demo.sourceContexts',
    kind: 'demo.sourceKind',
    local: 'demo.sourceLocal',
  } as const;
  say(
    of.source === null
      ? translate(locale, 'demo.noClusters')
      : translate(locale, sourceKey[of.source.kind]),
  );
  if (of.once) return;
  say(translate(locale, 'demo.open', { url: of.running.url ?? '' }));
  void offeredIdentities(of.running.composition.deps).then((identities) => {
    say(translate(locale, 'demo.identities'));
    terminal.table(identities.map((one) => [`  ${one.displayName}`, one.username, one.password]));
    say(translate(locale, 'demo.stopHint'));
  });
}
