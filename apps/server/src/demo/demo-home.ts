import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster } from '@yunheng/local-cluster/stop';

export const clusterFolder = (home: string): string => join(home, 'clusters');

/** Forgets every row, and the clusters when asked. Touches nothing that is not a home of the product. */
export async function forget(home: string, what: { readonly clusters: boolean }): Promise<void> {
  if (!existsSync(home)) return;
  const entries = readdirSync(home);
  if (entries.length > 0 && !entries.some((entry) => marks.includes(entry))) {
    throw new Error(`${home} is no home of Yunheng: nothing was removed`);
  }
  const clusters = clusterFolder(home);
  if (what.clusters && existsSync(clusters)) {
    await Promise.all(readdirSync(clusters).map((name) => removeCluster(clusters, name)));
  }
  for (const entry of entries) {
    if (entry === 'clusters' && !what.clusters) continue;
    rmSync(join(home, entry), { recursive: true, force: true });
  }
}

const marks: readonly string[] = ['yunheng.db', 'clusters', 'once', 'keys'];
