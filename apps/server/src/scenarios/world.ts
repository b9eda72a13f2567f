import { systemCall } from '@yunheng/application/identity/system-call';
import { observeClusters } from '@yunheng/application/provisioning/observe-clusters';
import { sweepDue } from '@yunheng/application/provisioning/sweep-due';
import { expireHolds } from '@yunheng/application/requests/expire-holds';
import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { invariant } from '@yunheng/kernel/invariant';
import type { Ids } from '@yunheng/kernel/ids';
import { calm, disturbed, type DisturbedCluster } from '@yunheng/testkit/disturbed-cluster';
import type { DrivenClock } from '@yunheng/testkit/driven-clock';
import { openStaffedProvince, type StaffedProvince } from '@yunheng/testkit/office';
import { smallProvince } from '@yunheng/testkit/small-province';
import type { Machinery, MachineryParts } from './machinery.ts';
import type { ClusterName, Outside } from './outside.ts';

/** Where a story is played: the same for a fake cluster in memory and for real servers. */
export interface World extends StaffedProvince {
  readonly clock: DrivenClock;
  readonly sheng: DisturbedCluster;
  readonly shi: DisturbedCluster;
  readonly outside: Outside;
  /** Code of a system that no story has used yet; every department of the province has it. */
  newSystem(): string;
  /** Lets the product work until it is true; fails when nothing more happens by itself. */
  until(what: string, isTrue: () => Promise<boolean>): Promise<void>;
  /** What the engine repeats every few seconds or minutes, now. */
  sweep(): Promise<void>;
  /** Everything that the queue knew is lost. */
  loseQueue(): Promise<void>;
  /** The troubles of the last story are over. */
  calm(): void;
}

export interface WorldParts {
  /** File of SQLite or address of PostgreSQL. */
  readonly url: string;
  readonly clock: DrivenClock;
  readonly ids: Ids;
  readonly clusters: Readonly<Record<ClusterName, Cluster>>;
  readonly outside: Outside;
  readonly start: (parts: MachineryParts) => Promise<Machinery>;
}

export const graceDays = 2;
const systemCount = 60;

export async function openWorld(parts: WorldParts): Promise<World> {
  const { url, clock, ids, outside } = parts;
  // Real clusters are shared with other runs: what this one makes bears its name.
  const run = `r${crypto.randomUUID().slice(0, 6)}`;
  const systems = Array.from({ length: systemCount }, (_, index) => `${run}-${index + 1}`);
  const isOurs = (namespace: string) => namespace.includes(`-${run}-`);
  const sheng = disturbed(parts.clusters.sheng, isOurs);
  const shi = disturbed(parts.clusters.shi, isOurs);
  const province = await openStaffedProvince({
    url,
    clock,
    ids,
    clusters: [sheng, shi],
    province: smallProvince({ graceDays, systems, entitlement }),
  });
  const { deps, clusters } = province;
  const machinery = await parts.start({ deps, clusters, clock });
  const unused = systems.values();
  return {
    ...province,
    clock,
    sheng,
    shi,
    outside,
    newSystem() {
      const { value } = unused.next();
      invariant(value !== undefined, 'the stories need no more systems than there are');
      return value;
    },
    async until(what, isTrue) {
      for (let step = 0; step < machinery.patience; step++) {
        if (await isTrue()) return;
        await machinery.step();
      }
      throw new Error(`it never came true: ${what}`);
    },
    async sweep() {
      await expireHolds(deps, systemCall);
      await sweepDue(deps, clusters);
      await observeClusters(deps, clusters);
    },
    loseQueue: () => machinery.loseQueue(),
    calm() {
      for (const cluster of [sheng, shi]) Object.assign(cluster.disturbance, calm());
    },
    async close() {
      await machinery.stop();
      for (const cluster of [sheng, shi]) {
        for (const { name, uid } of await cluster.listManaged())
          await cluster.deleteNamespace(name, uid);
      }
      await province.close();
    },
  };
}

/** So much that capacity is what runs out first, except where a story uses up the entitlement itself. */
const entitlement = { cpu: 1_000_000, memory: 4 * 1024 * 1024, npu: 1000 };
