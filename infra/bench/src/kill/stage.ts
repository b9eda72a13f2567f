import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { offeredIdentities } from '@yunheng/application/identity/seed-demo-identities';
import { connectCluster } from '@yunheng/cluster/connect';
import { invariant } from '@yunheng/kernel/invariant';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import { removeCluster } from '@yunheng/local-cluster/stop';
import { ClusterRegistry } from '@yunheng/server/clusters/registry';
import { compose } from '@yunheng/server/compose';
import { readConfig, type Config } from '@yunheng/server/config';
import { seedDemo } from '@yunheng/server/demo/seed';
import { startAttached } from '../stage/clusters.ts';

/** A home of its own, two real clusters, and a province in which nothing runs yet. */
export interface KillStage {
  readonly folder: string;
  readonly config: Config;
  readonly origin: string;
  /** What a serving process is started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly password: string;
  /** Connections of the verifying process, open for the whole run. */
  readonly clusters: ClusterRegistry;
  readonly close: () => Promise<void>;
}

export async function openKillStage(
  workFolder: string,
  say: (line: string) => void,
): Promise<KillStage> {
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(join(workFolder, 'kill-'));
  const clusterFolder = join(folder, 'clusters');
  say('starting two clusters');
  const running = await startAttached(clusterFolder);
  const port = await freePort();
  const env = {
    YUNHENG_HOME: join(folder, 'home'),
    YUNHENG_PROFILE: 'demo',
    YUNHENG_KUBECONFIG: running.map((one) => namedContext(folder, one)).join(delimiter),
    PORT: String(port),
  };
  const config = readConfig({ ...env, YUNHENG_LOG: 'silent' });
  say('seeding the province');
  const password = await seed(config);
  const clusters = new ClusterRegistry();
  for (const one of running) {
    const kubeconfig = one.kubeconfigProvisioner;
    clusters.ready(await connectCluster({ name: one.name, kubeconfig, context: null }), one);
  }
  return {
    folder,
    config,
    env,
    password,
    clusters,
    origin: `http://localhost:${port}`,
    async close() {
      await clusters.close();
      await Promise.all(running.map(({ name }) => removeCluster(clusterFolder, name)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function seed(config: Config): Promise<string> {
  const composition = await compose(config);
  await seedDemo(composition, { graceDays: 0, standing: () => false });
  const [first] = await offeredIdentities(composition.deps);
  await composition.close();
  invariant(first, 'the demo offers identities');
  return first.password;
}

/**
 * Kept over every restart: the sessions of the client belong to one address. Below the range from which the system
 * takes ports for callers: there a client that knocks at a dead server ends up connected to itself.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
}

/** The administrator's kubeconfig with its context under the cluster's own name, by which the product knows it. */
function namedContext(folder: string, { name, kubeconfigAdmin }: RunningCluster): string {
  const path = join(folder, `${name}.kubeconfig`);
  const text = readFileSync(kubeconfigAdmin, 'utf8').replaceAll(`yunheng-${name}`, name);
  writeFileSync(path, text, { mode: 0o600 });
  return `${path}#${name}`;
}
