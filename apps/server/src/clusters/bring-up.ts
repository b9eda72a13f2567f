import { mkdirSync } from 'node:fs';
import { connectCluster } from '@yunheng/cluster/connect';
import { furnishKind } from '@yunheng/kind-cluster/furnish';
import { startKindCluster } from '@yunheng/kind-cluster/cluster';
import { adoptCluster } from '@yunheng/local-cluster/adopt';
import { ensureBinary } from '@yunheng/local-cluster/binary';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import type { Progress } from '@yunheng/local-cluster/progress';
import type { ClusterSource } from '@yunheng/local-cluster/source';
import { startClusters } from '@yunheng/local-cluster/start-clusters';
import type { WorkerNode } from '@yunheng/local-cluster/workers';
import { matchContexts } from './named-contexts.ts';
import type { ClusterRegistry } from './registry.ts';

export interface WantedCluster {
  readonly name: string;
  readonly workerNodes: readonly WorkerNode[];
}

export interface BringUp {
  readonly source: ClusterSource;
  readonly wanted: readonly WantedCluster[];
  readonly stateDir: string;
  readonly cacheDir: string;
  /** True: the clusters end with this process. */
  readonly attached: boolean;
  readonly signal: AbortSignal;
  readonly registry: ClusterRegistry;
}

/** Brings every wanted cluster up and into the registry, each as soon as it is ready. Failures stay visible there. */
export async function bringUpClusters(of: BringUp): Promise<void> {
  mkdirSync(of.stateDir, { recursive: true, mode: 0o700 });
  for (const { name } of of.wanted) of.registry.expect(name);
  switch (of.source.kind) {
    case 'contexts':
      return adoptAll(of, of.source.contexts);
    case 'kind':
      return startOnKind(of);
    case 'local':
      return startLocally(of);
  }
}

async function startLocally(of: BringUp): Promise<void> {
  const everywhere = (progress: Progress) => {
    for (const { name } of of.wanted) of.registry.progress(name, progress);
  };
  try {
    const binary = await ensureBinary({
      cacheDir: of.cacheDir,
      onProgress: everywhere,
      signal: of.signal,
    });
    const inputs = of.wanted.map(({ name, workerNodes }) => ({
      name,
      workerNodes,
      stateDir: of.stateDir,
      binary: binary.path,
      attached: of.attached,
      signal: of.signal,
      onProgress: (progress: Progress) => of.registry.progress(name, progress),
      onReady: (running: RunningCluster) => void settle(of, name, async () => running),
    }));
    const settled = await startClusters(inputs);
    settled.forEach((one, index) => {
      const name = of.wanted[index]?.name ?? '';
      if (one.status === 'rejected') of.registry.failed(name, reasonOf(one.reason));
    });
  } catch (error) {
    for (const { name } of of.wanted) of.registry.failed(name, reasonOf(error));
  }
}

async function startOnKind(of: BringUp): Promise<void> {
  for (const { name, workerNodes } of of.wanted) {
    await settle(of, name, () =>
      startKindCluster({
        name,
        workerNodes,
        stateDir: of.stateDir,
        furnish: furnishKind,
        signal: of.signal,
        onProgress: (progress) => of.registry.progress(name, progress),
      }),
    );
  }
}

/** Contexts serve the clusters whose names they bear; those that bear another serve the rest, in the order given. */
async function adoptAll(
  of: BringUp,
  contexts: Extract<ClusterSource, { kind: 'contexts' }>['contexts'],
): Promise<void> {
  const { byName, others } = matchContexts(
    contexts,
    of.wanted.map(({ name }) => name),
  );
  const left = [...others];
  await Promise.all(
    of.wanted.map(async ({ name }) => {
      const named = byName.get(name) ?? left.shift();
      if (named === undefined) {
        of.registry.failed(name, 'YUNHENG_KUBECONFIG names no context for it');
        return;
      }
      await settle(of, name, () => adoptCluster({ name, ...named, stateDir: of.stateDir }));
    }),
  );
}

async function settle(
  of: BringUp,
  name: string,
  start: () => Promise<RunningCluster>,
): Promise<void> {
  try {
    await admit(of, await start());
  } catch (error) {
    of.registry.failed(name, reasonOf(error));
  }
}

async function admit(of: BringUp, running: RunningCluster): Promise<void> {
  const cluster = await connectCluster({
    name: running.name,
    kubeconfig: running.kubeconfigProvisioner,
    context: null,
  });
  of.registry.ready(cluster, running);
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
