import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { differences, inForce } from '@yunheng/domain/provisioning/projection';
import { amounts } from './plan.ts';

/** Read back from the API server: confined, limited, the quota in force, and nothing in it but what was asked for. */
export async function areReady(cluster: Cluster, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const view = await cluster.observe(name);
    if (view === null || view.quota === null) return false;
    const same = differences(view.quota.hard, amounts).length === 0;
    const confined = view.podSecurity && view.isolated && view.limited && view.defaultAccount;
    if (!same || !confined || !inForce(view.quota, amounts)) return false;
  }
  return true;
}
