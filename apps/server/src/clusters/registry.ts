import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import type { Progress } from '@yunheng/local-cluster/progress';

export interface ClusterEntry {
  readonly name: string;
  readonly cluster: Cluster | null;
  readonly running: RunningCluster | null;
  /** What its preparation is doing; null before it began and after it ended. */
  readonly progress: Progress | null;
  /** Why the preparation failed, in the words of whoever failed. */
  readonly failure: string | null;
}

/** The clusters of this process. A cluster that is not there yet is null, and work for it waits (law P7). */
export class ClusterRegistry implements Clusters {
  readonly #entries = new Map<string, ClusterEntry>();
  readonly #listeners = new Set<(name: string) => void>();

  of(name: string): Cluster | null {
    return this.#entries.get(name)?.cluster ?? null;
  }

  entries(): readonly ClusterEntry[] {
    return [...this.#entries.values()];
  }

  expect(name: string): void {
    this.#put({ name, cluster: null, running: null, progress: null, failure: null });
  }

  progress(name: string, progress: Progress): void {
    this.#put({ ...this.#entry(name), progress });
  }

  ready(cluster: Cluster, running: RunningCluster): void {
    this.#put({ name: cluster.name, cluster, running, progress: null, failure: null });
    for (const listener of this.#listeners) listener(cluster.name);
  }

  failed(name: string, failure: string): void {
    this.#put({ ...this.#entry(name), progress: null, failure });
  }

  /** Called with the name of each cluster that becomes usable. */
  onReady(listener: (name: string) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.entries().map(async (entry) => entry.cluster?.close()));
  }

  #put(entry: ClusterEntry): void {
    this.#entries.set(entry.name, entry);
  }

  #entry(name: string): ClusterEntry {
    return (
      this.#entries.get(name) ?? {
        name,
        cluster: null,
        running: null,
        progress: null,
        failure: null,
      }
    );
  }
}
