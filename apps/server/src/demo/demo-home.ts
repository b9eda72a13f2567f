import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster } from '@yunheng/local-cluster/stop';

export const clusterFolder = (home: string): string => join(home, 'clusters');

/** Forgets every row and every cluster. Touches nothing that is not a home of the product. */
export async function forget(home: string): Promise<void> {
  if (!existsSync(home)) return;
  const entries = readdirSync(home);
  if (entries.length > 0 && !entries.some((entry) => marks.includes(entry))) {
    throw new Error(`${home} is no home of Yunheng: nothing was removed`);
  }
  const clusters = clusterFolder(home);
  if (existsSync(clusters)) {
    await Promise.all(readdirSync(clusters).map((name) => removeCluster(clusters, name)));
  }
  rmSync(home, { recursive: true, force: true });
}

const marks: readonly string[] = ['yunheng.db', 'clusters', 'once', 'keys'];
