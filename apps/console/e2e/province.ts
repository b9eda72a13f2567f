import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  offeredIdentities,
  type OfferedIdentity,
} from '@yunheng/application/identity/seed-demo-identities';
import { openTasks } from '@yunheng/db/queries/tasks';
import { ApiClient as ClusterApi } from '@yunheng/local-cluster/api';
import { readKubeconfig } from '@yunheng/local-cluster/kubeconfig';
import { stopCluster } from '@yunheng/local-cluster/stop';
import { bringUpClusters } from '@yunheng/server/clusters/bring-up';
import { readConfig } from '@yunheng/server/config';
import { ApiClient } from '@yunheng/server/demo/api-client';
import { seedDemo, type DemoSeed } from '@yunheng/server/demo/seed';
import { demoClusters } from '@yunheng/server/demo/workers';
import { outsideOfRealOnes, type Outside } from '@yunheng/server/scenarios/outside';
import { serve, type Running } from '@yunheng/server/serve';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const clusterDeadlineMs = 10 * 60_000;

/** The product as `npm run demo` starts it, with a home of its own that ends with it. */
export interface Province extends AsyncDisposable {
  readonly url: string;
  readonly identities: readonly OfferedIdentity[];
  /** Somebody at the public API. */
  signIn(username: string): Promise<ApiClient>;
  /** A person with rights of their own at the clusters, past the product. */
  readonly outside: Outside;
  /** What the apiserver says, past everything that the product believes. */
  seen(cluster: string, path: string): Promise<unknown>;
  /** Resolves when nothing is being provisioned any more. */
  settled(deadlineMs: number): Promise<void>;
}

/** Unchanged sources come from turbo's cache, so that what is tested is never an older console. */
export function buildConsole(): void {
  const args = ['run', 'build', '--filter=@yunheng/console'];
  const { status, stdout, stderr } = spawnSync('turbo', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the console cannot be built:\n${stdout ?? ''}${stderr ?? ''}`);
}

export async function startProvince(seed: DemoSeed): Promise<Province> {
  buildConsole();
  await using undo = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'yunheng-browser-'));
  undo.defer(() => rmSync(home, { recursive: true, force: true }));
  const stateDir = join(home, 'clusters');
  const stopping = new AbortController();
  const { cacheDir } = readConfig(process.env);
  const config = readConfig({ YUNHENG_HOME: home, YUNHENG_PROFILE: 'demo', PORT: '0' });
  undo.defer(async () => {
    stopping.abort();
    await Promise.all(demoClusters().map(({ name }) => stopCluster(stateDir, name)));
  });
  // A copy: a build that somebody starts meanwhile would take the files away from under the pages.
  const consoleFolder = join(home, 'console');
  cpSync(join(root, 'apps/console/dist'), consoleFolder, { recursive: true });
  const running = await serve(config, {
    role: 'all',
    consoleFolder,
    prepare: (composition) => seedDemo(composition, seed),
    bringUp: (registry) =>
      bringUpClusters({
        source: { kind: 'local', considered: [] },
        wanted: demoClusters(),
        stateDir,
        cacheDir,
        attached: true,
        signal: stopping.signal,
        registry,
      }),
  });
  undo.defer(() => running.close());
  const { clusters } = running.composition;
  await until(clusterDeadlineMs, 'the clusters are not ready', () => {
    const entries = clusters.entries();
    const failed = entries.find(({ failure }) => failure !== null);
    if (failed !== undefined) throw new Error(`${failed.name}: ${failed.failure}`);
    return entries.length > 0 && entries.every(({ cluster }) => cluster !== null);
  });
  const identities = await offeredIdentities(running.composition.deps);
  return provinceOf(running, { identities, kept: undo.move() });
}

function provinceOf(
  { url, composition: { clusters, deps } }: Running,
  of: { identities: readonly OfferedIdentity[]; kept: AsyncDisposableStack },
): Province {
  const origin = url ?? '';
  const running = (name: string) => {
    const entry = clusters.entries().find((one) => one.name === name)?.running;
    if (!entry) throw new Error(`no cluster ${name} is up`);
    return entry;
  };
  const outside = outsideOfRealOnes({ sheng: running('sheng'), shi: running('shi') });
  of.kept.defer(() => outside.close());
  return {
    url: origin,
    identities: of.identities,
    outside,
    async signIn(username) {
      const client = new ApiClient(origin);
      await client.signIn(username, of.identities[0]?.password ?? '');
      return client;
    },
    async seen(name, path) {
      const api = new ClusterApi(readKubeconfig(running(name).kubeconfigAdmin));
      try {
        return await api.expect({ method: 'GET', path });
      } finally {
        api.close();
      }
    },
    settled: (deadlineMs) =>
      until(
        deadlineMs,
        'provisioning does not come to rest',
        async () => (await openTasks(deps.store)) === 0,
      ),
    [Symbol.asyncDispose]: () => of.kept.disposeAsync(),
  };
}

async function until(
  deadlineMs: number,
  otherwise: string,
  reached: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await reached())) {
    if (Date.now() > end) throw new Error(otherwise);
    await pause(100);
  }
}
