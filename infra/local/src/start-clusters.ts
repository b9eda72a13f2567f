import { startCluster, type RunningCluster, type StartClusterInput } from './cluster.ts';

/**
 * Several clusters on one small machine. A starting API server keeps both cores busy, so the next
 * one begins when the one before answers; the slow rest (controllers, workers) overlaps.
 * The first in the list is the first to be ready.
 */
export async function startClusters(
  inputs: readonly (StartClusterInput & {
    /** Called as soon as this one is ready, whatever the others do. */
    readonly onReady?: (cluster: RunningCluster) => void;
  })[],
): Promise<readonly PromiseSettledResult<RunningCluster>[]> {
  let before: Promise<void> = Promise.resolve();
  const starts = inputs.map((input) => {
    const turn = before;
    const gate = Promise.withResolvers<void>();
    before = gate.promise;
    return turn
      .then(() =>
        startCluster({
          ...input,
          onApiserver: () => {
            gate.resolve();
            input.onApiserver?.();
          },
        }),
      )
      .then((cluster) => {
        input.onReady?.(cluster);
        return cluster;
      })
      .finally(gate.resolve);
  });
  return Promise.allSettled(starts);
}
