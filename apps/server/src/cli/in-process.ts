import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import { connectCluster } from '@yunheng/cluster/connect';
import { clusterStatus } from '@yunheng/local-cluster/status';
import { bringUpNamed, findNamed } from '../clusters/bring-up-named.ts';
import { ClusterRegistry } from '../clusters/registry.ts';
import { compose, type Composition } from '../compose.ts';
import type { Invocation } from './verb.ts';

/** Without a server the verb opens the store itself, alone: another process that holds it is a clear refusal. */
export async function inProcess<T>(
  { config, terminal: { locale } }: Invocation,
  run: (composition: Composition) => Promise<T>,
): Promise<T> {
  const clusters = new ClusterRegistry();
  const composition = await compose(config, clusters);
  try {
    // As every start does: after a kill the last entries are still to be sealed.
    await sealAudit(composition.deps);
    const named = await findNamed(config, { store: composition.deps.store, locale });
    await bringUpNamed(config, { named, registry: clusters });
    await findLocal(join(config.home, 'clusters'), clusters);
    return await run(composition);
  } finally {
    await clusters.close();
    await composition.close();
  }
}

/** Clusters of this home that are up are looked at; none is started for a look. */
async function findLocal(folder: string, clusters: ClusterRegistry): Promise<void> {
  if (!existsSync(folder)) return;
  // Beside them lie kubeconfigs of clusters that were only adopted.
  const own = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  await Promise.all(
    own.map(async ({ name }) => {
      const found = await clusterStatus(folder, name);
      const { server, version, kubeconfigAdmin, kubeconfigProvisioner } = found;
      if (server === undefined || version === undefined) return;
      if (kubeconfigAdmin === undefined || kubeconfigProvisioner === undefined) return;
      const cluster = await connectCluster({
        name,
        kubeconfig: kubeconfigProvisioner,
        context: null,
      });
      clusters.ready(cluster, {
        name,
        server,
        version,
        kubeconfigAdmin,
        kubeconfigProvisioner,
        reused: true,
      });
    }),
  );
}
