/**
 * The two clusters that live tests share. As a Vitest globalSetup this file stops them after the
 * run; a test file asks with `startSharedTestClusters()`, and whoever asks first starts them.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBinary } from './binary.ts';
import type { RunningCluster } from './cluster.ts';
import { liveHolders, releaseLease, shareLeases, takeLease } from './leases.ts';
import { clusterPaths, defaultCacheDir } from './paths.ts';
import { startClusters } from './start-clusters.ts';
import { removeCluster } from './stop.ts';
import { testWorkers } from './test-workers.ts';

export type SharedTestClusters = { readonly sheng: RunningCluster; readonly shi: RunningCluster };

/** Runs of several checkouts or people share them too: what a test makes, it names uniquely. */
export function sharedClustersDir(): string {
  return join(defaultCacheDir(process.env), 'test-clusters');
}

function runsDir(): string {
  return join(sharedClustersDir(), 'runs');
}

let shared: Promise<SharedTestClusters> | undefined;

export function startSharedTestClusters(): Promise<SharedTestClusters> {
  shared ??= start();
  return shared;
}

async function start(): Promise<SharedTestClusters> {
  const binary = await ensureBinary();
  const stateDir = sharedClustersDir();
  const results = await startClusters(
    ['sheng', 'shi'].map((name) => ({
      name,
      stateDir,
      binary: binary.path,
      // A killed test run takes its clusters with it.
      attached: true,
      workerNodes: testWorkers(name),
    })),
  );
  const [sheng, shi] = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    // Test files come and go in processes of their own; the run outlives them.
    shareLeases(runsDir(), clusterPaths(stateDir, result.value.name).leases);
    return result.value;
  });
  if (sheng === undefined || shi === undefined) throw new Error('a test cluster is missing');
  return { sheng, shi };
}

/** Vitest calls this before the first test file; it only says that a run is going on. */
export function setup(): void {
  takeLease(runsDir(), 'process');
  for (const name of existing()) {
    takeLease(clusterPaths(sharedClustersDir(), name).leases, 'process');
  }
}

/** After the last file: the last run to end stops the clusters and forgets their state. */
export async function teardown(): Promise<void> {
  releaseLease(runsDir());
  const names = existing();
  for (const name of names) releaseLease(clusterPaths(sharedClustersDir(), name).leases);
  if (liveHolders(runsDir()) > 0) return;
  await Promise.all(names.map((name) => removeCluster(sharedClustersDir(), name)));
  rmSync(sharedClustersDir(), { recursive: true, force: true });
}

function existing(): readonly string[] {
  const dir = sharedClustersDir();
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => existsSync(clusterPaths(dir, name).spec));
}
