import type { Deps } from '@yunheng/application/deps';
import { observeClusters } from '@yunheng/application/provisioning/observe-clusters';
import type { WakeJob, WakeQueue } from '@yunheng/application/provisioning/ports';
import { relayOutbox } from '@yunheng/application/provisioning/relay-outbox';
import { runWake } from '@yunheng/application/provisioning/run-wake';
import { systemCall } from '@yunheng/application/identity/system-call';
import { auditOf } from '@yunheng/application/audit-of';
import { openPostgres } from '@yunheng/db/postgres/open';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Change, CommitOutcome } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { entitlementEntries } from '@yunheng/domain/ledger/book-entries';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Clock } from '@yunheng/kernel/clock';
import type { Ids } from '@yunheng/kernel/ids';
import { countedIds } from './counted-ids.ts';
import { drivenClock, type DrivenClock } from './driven-clock.ts';
import { createFakeCluster, type FakeCluster, type FakeOptions } from './fake-cluster.ts';
import { estateRows, place, type Place } from './provisioning-rows.ts';
import { approvedRequest, type ApprovedRequest, type RequestWish } from './approved-request.ts';

/** A small province with approved requests, over any cluster: real ones for benches and live tests. */
export interface ProvisioningStore {
  readonly deps: Deps;
  readonly clusters: Clusters;
  commit(change: Omit<Change, 'audit'>): Promise<CommitOutcome>;
  /** An approved request as the last decision leaves it. */
  approve(wish: RequestWish): Promise<ApprovedRequest>;
  run(taskId: string): ReturnType<typeof runWake>;
  close(): Promise<void>;
}

export interface ProvisioningWorld extends ProvisioningStore {
  readonly clock: DrivenClock;
  readonly cluster: FakeCluster;
  readonly queue: TestQueue;
  /** Relays and runs what is due, letting time pass, until nothing is left that happens by itself. */
  settle(limitMs?: number): Promise<void>;
}

export interface TestQueue extends WakeQueue {
  readonly jobs: WakeJob[];
}

export interface StoreOptions {
  /** File of a SQLite database, or postgres://… */
  readonly path: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cluster: Cluster;
  readonly graceDays?: number;
  readonly place?: Partial<Place>;
}

/** Opens the database, writes the province and has the cluster observed once, so that the pool has supply. */
export async function openProvisioningStore(options: StoreOptions): Promise<ProvisioningStore> {
  const { path, clock, ids, cluster, graceDays = 0 } = options;
  const open = path.startsWith('postgres') ? openPostgres : openSqlite;
  const store = await open(path, { ids });
  const deps: Deps = { store, clock, ids };
  const clusters: Clusters = { of: (name) => (name === cluster.name ? cluster : null) };
  const commit = (change: Omit<Change, 'audit'>) =>
    store.commit({ audit: auditOf(deps, systemCall, testSubject), ...change });
  const now = clock.business();
  await commit({ inserts: [...estateRows({ ...place, ...options.place }, { now, graceDays })] });
  await commit({
    transfers: [
      {
        id: ids.next('transfer'),
        cause: { kind: 'entitlement', id: place.department },
        effectiveAt: now,
        entries: resourceNames.flatMap((resource) =>
          entitlementEntries(place.department, resource, plenty[resource] ?? 100),
        ),
      },
    ],
  });
  await observeClusters(deps, clusters);
  return {
    deps,
    clusters,
    commit,
    approve: (wish) => approvedRequest({ deps, commit }, wish),
    run: (taskId) => runWake(deps, clusters, taskId),
    close: () => store.close(),
  };
}

export interface WorldOptions extends Partial<FakeOptions> {
  /** SQLite in memory where nothing else is said. */
  readonly path?: string;
  readonly graceDays?: number;
  readonly allocatable?: ResourceAmounts;
}

const plenty: ResourceAmounts = {
  cpu: 1_000_000_000,
  memory: 4_000_000_000,
  storage: 10_000_000_000,
  gpu: 8,
};

/** The same with time that tests drive and a fake cluster. */
export async function openProvisioningWorld({
  path = ':memory:',
  graceDays = 0,
  allocatable = plenty,
  ...options
}: WorldOptions = {}): Promise<ProvisioningWorld> {
  const clock = drivenClock();
  const cluster = createFakeCluster({ name: place.clusterName, ...options });
  cluster.world.addWorker({ name: 'w1', pool: place.poolCode, allocatable });
  const ids = countedIds();
  const base = await openProvisioningStore({ path, clock, ids, cluster, graceDays });
  const queue = testQueue();
  return {
    ...base,
    clock,
    cluster,
    queue,
    async settle(limitMs = 3_600_000) {
      const end = clock.business() + limitMs;
      while (clock.business() < end) {
        await relayOutbox(base.deps, queue);
        const jobs = queue.jobs.splice(0);
        for (const job of jobs) await base.run(job.taskId);
        const next = await nextWake(base.deps);
        if (next === null) return;
        // What the relay holds back has its time behind it already.
        if (jobs.length === 0) clock.advance(Math.max(next - clock.business(), 1_000));
      }
    },
  };
}

const testSubject = {
  action: 'test',
  subjectKind: 'test',
  subjectId: 'test',
  tenantId: null,
} as const;

function testQueue(): TestQueue {
  const jobs: WakeJob[] = [];
  return {
    jobs,
    add: async (job) => {
      if (!jobs.some(({ jobId }) => jobId === job.jobId)) jobs.push(job);
    },
    waiting: async () => jobs.length,
  };
}

async function nextWake({ store }: Deps): Promise<number | null> {
  const rows = await store.read.select().from(store.tables.outbox);
  const open = rows.filter((row) => row.doneAt === null).map((row) => row.nextAt);
  return open.length === 0 ? null : Math.min(...open);
}
