import { poolLabel } from './base-manifests.ts';
import type { WorkerNode } from './workers.ts';

/** Pools of the two test clusters: one worker each, which stands for the racks of its pool. */
const pools: readonly { cluster: string; pool: string; arch: 'amd64' | 'arm64'; cards?: string }[] =
  [
    { cluster: 'sheng', pool: 'sheng-x86-general', arch: 'amd64' },
    { cluster: 'sheng', pool: 'sheng-arm-general', arch: 'arm64' },
    { cluster: 'sheng', pool: 'sheng-x86-gpu', arch: 'amd64', cards: 'nvidia.com/gpu' },
    { cluster: 'sheng', pool: 'sheng-arm-npu', arch: 'arm64', cards: 'huawei.com/Ascend910' },
    { cluster: 'shi', pool: 'gz-x86-general', arch: 'amd64' },
    { cluster: 'shi', pool: 'sz-x86-general', arch: 'amd64' },
    { cluster: 'shi', pool: 'sz-arm-general', arch: 'arm64' },
    { cluster: 'shi', pool: 'sz-arm-npu', arch: 'arm64', cards: 'huawei.com/Ascend910' },
  ];

export function testWorkers(cluster: string): readonly WorkerNode[] {
  return pools
    .filter((one) => one.cluster === cluster)
    .map(({ pool, arch, cards }) => ({
      name: `${pool}-1`,
      arch,
      labels: { [poolLabel]: pool },
      capacity: { cpu: '2000', memory: '8Ti', ...(cards === undefined ? {} : { [cards]: '64' }) },
    }));
}
