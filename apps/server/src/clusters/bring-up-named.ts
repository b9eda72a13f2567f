import { join } from 'node:path';
import { findClusterSource } from '@yunheng/local-cluster/source';
import type { Config } from '../config.ts';
import { bringUpClusters } from './bring-up.ts';
import type { ClusterRegistry } from './registry.ts';

/** A plain `serve` starts no cluster: it takes the contexts that YUNHENG_KUBECONFIG names, each under its own name. */
export async function bringUpNamed(
  config: Config,
  of: { env: Readonly<Record<string, string | undefined>>; clusters: ClusterRegistry },
): Promise<void> {
  if (config.kubeconfig === null) return;
  const source = await findClusterSource(of.env);
  if (source.kind !== 'contexts') return;
  await bringUpClusters({
    source,
    wanted: source.contexts.map(({ context }) => ({ name: context, workerNodes: [] })),
    stateDir: join(config.home, 'clusters'),
    cacheDir: config.cacheDir,
    attached: false,
    signal: new AbortController().signal,
    registry: of.clusters,
  });
}
