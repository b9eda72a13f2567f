import { ensureBinary } from '@yunheng/local-cluster/binary';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import { startClusters } from '@yunheng/local-cluster/start-clusters';
import { demoClusters } from '@yunheng/server/demo/workers';

/** Real clusters of the demo's kind, all or one. They live as long as this process, however it ends. */
export async function startAttached(stateDir: string, only?: string): Promise<RunningCluster[]> {
  const binary = await ensureBinary();
  const wanted = demoClusters().filter(({ name }) => only === undefined || name === only);
  const settled = await startClusters(
    wanted.map((one) => ({ ...one, stateDir, binary: binary.path, attached: true })),
  );
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
