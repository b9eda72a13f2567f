import { workerKeys } from '@yunheng/domain/provisioning/kubernetes-words';
import { cloudNodes, clusterNames } from '@yunheng/fixtures-guangdong/cloud-nodes';
import { poolLabel, pools, type Pool, type Worker } from '@yunheng/fixtures-guangdong/pools';
import type { WantedCluster } from '../clusters/bring-up.ts';

/** The workers that the demo's clusters announce: what the ledger reads its capacity from. */
export const demoClusters = (): readonly WantedCluster[] =>
  clusterNames.map((name) => {
    const sites = cloudNodes.filter((site) => site.cluster === name).map((site) => site.code);
    const own = pools.filter((pool) => sites.includes(pool.cloudNode));
    return {
      name,
      workerNodes: own.flatMap((pool) => pool.workers.map((worker) => workerOf(pool, worker))),
    };
  });

function workerOf(pool: Pool, worker: Worker): WantedCluster['workerNodes'][number] {
  return {
    name: worker.name,
    arch: pool.arch === 'x86-64' ? 'amd64' : 'arm64',
    labels: { [poolLabel]: pool.code },
    capacity: {
      [workerKeys.cpu]: String(worker.cpuCores),
      [workerKeys.memory]: `${worker.memoryGib}Gi`,
      [workerKeys.storage]: `${worker.storageGib}Gi`,
      ...counted(workerKeys.gpu, worker.gpu),
      ...counted(workerKeys.npu, worker.npu),
      ...counted(workerKeys.database, worker.databases),
      pods: String(worker.pods),
    },
  };
}

const counted = (key: string, count: number): Record<string, string> =>
  count > 0 ? { [key]: String(count) } : {};
