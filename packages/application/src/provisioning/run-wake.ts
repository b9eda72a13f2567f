import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Deps } from '../deps.ts';
import { runRevocation } from './run-revocation.ts';
import { runTask, type TaskPass } from './run-task.ts';

/** One wake-up, whatever it stands for: jobs carry an id only, and the rows say what it is. */
export async function runWake(deps: Deps, clusters: Clusters, id: string): Promise<TaskPass> {
  const pass = await runTask(deps, clusters, id);
  return pass === 'unknown' ? runRevocation(deps, clusters, id) : pass;
}
