import { existsSync, readdirSync } from 'node:fs';
import { clusterPaths } from '@yunheng/local-cluster/paths';
import { clusterFolder, onceHome } from '../demo/demo-home.ts';

export interface LocalCluster {
  readonly name: string;
  readonly stateDir: string;
}

/** The clusters of this home and those that `demo --once` left up: the ones that are named, or all. */
export const localClusters = (home: string, words: readonly string[]): readonly LocalCluster[] =>
  [home, onceHome(home)]
    .map(clusterFolder)
    .filter((stateDir) => existsSync(stateDir))
    .flatMap((stateDir) =>
      // Beside them lie kubeconfigs of clusters that were only adopted.
      readdirSync(stateDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .filter((name) => existsSync(clusterPaths(stateDir, name).spec))
        .filter((name) => words.length === 0 || words.includes(name))
        .map((name) => ({ name, stateDir })),
    );
