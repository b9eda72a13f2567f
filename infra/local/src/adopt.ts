import { join } from 'node:path';
import { ApiClient } from './api.ts';
import { applyBase } from './base-manifests.ts';
import type { RunningCluster } from './cluster.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { issueProvisionerKubeconfig } from './provisioner.ts';
import { applyWorkers, waitForWorkers, type WorkerNode } from './workers.ts';

/** KWOK's image may have to be fetched first. */
const workersDeadlineMs = 5 * 60_000;

export type AdoptClusterInput = {
  readonly name: string;
  readonly kubeconfig: string;
  readonly context: string;
  /** Where the provisioner's kubeconfig is kept. */
  readonly stateDir: string;
  /** Only for clusters with KWOK in them; real clusters have their own workers. */
  readonly workerNodes?: readonly WorkerNode[];
};

/** A cluster that somebody else runs: its administrator applies the base, the product gets its own identity. */
export async function adoptCluster(input: AdoptClusterInput): Promise<RunningCluster> {
  const api = new ApiClient(readKubeconfig(input.kubeconfig, input.context));
  try {
    const { version } = await applyBase(api);
    if (input.workerNodes !== undefined) {
      await applyWorkers(api, input.workerNodes);
      await waitForWorkers(api, workersDeadlineMs);
    }
    const { path } = await issueProvisionerKubeconfig({
      name: input.name,
      kubeconfigAdmin: input.kubeconfig,
      context: input.context,
      path: join(input.stateDir, `${input.name}.provisioner.kubeconfig`),
    });
    return {
      name: input.name,
      server: api.server,
      kubeconfigAdmin: input.kubeconfig,
      kubeconfigProvisioner: path,
      version,
      reused: true,
    };
  } finally {
    api.close();
  }
}
