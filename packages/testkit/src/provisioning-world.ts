import type { Deps } from '@yunheng/application/deps';
import { observeClusters } from '@yunheng/application/provisioning/observe-clusters';
import type { WakeJob, WakeQueue } from '@yunheng/application/provisioning/ports';
import { relayOutbox } from '@yunheng/application/provisioning/relay-outbox';
import { runTask } from '@yunheng/application/provisioning/run-task';
import { systemCall } from '@yunheng/application/identity/system-call';
import { auditOf } from '@yunheng/application/audit-of';
import { openSqlite } from '@yunheng/db/sqlite/open';
import type { Change, CommitOutcome } from '@yunheng/db/store';
import { resourceNames, type ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { entitlementEntries } from '@yunheng/domain/ledger/book-entries';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import { countedIds } from './counted-ids.ts';
import { drivenClock, type DrivenClock } from './driven-clock.ts';
import { createFakeCluster, type FakeCluster, type FakeOptions } from './fake-cluster.ts';
import { estateRows, place } from './provisioning-rows.ts';
import { approvedRequest, type ApprovedRequest, type RequestWish } from './approved-request.ts';

export interface ProvisioningWorld {
  readonly deps: Deps;
  readonly clock: DrivenClock;
  readonly cluster: FakeCluster;
  readonly clusters: Clusters;
  readonly queue: TestQueue;
  commit(change: Omit<Change, 'audit'>): Promise<CommitOutcome>;
  /** An approved request as the last decision leaves it. */
  approve(wish: RequestWish): Promise<ApprovedRequest>;
  run(taskId: string): ReturnType<typeof runTask>;
  /** Relays and runs what is due, letting time pass, until nothing is left that happens by itself. */
  settle(limitMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface TestQueue extends WakeQueue {
  readonly jobs: WakeJob[];
}

export interface WorldOptions extends Partial<FakeOptions> {
  readonly graceDays?: number;
  readonly allocatable?: ResourceAmounts;
}

const plenty: ResourceAmounts = { cpu: 1_000_000, memory: 4_000_000, storage: 10_000_000, gpu: 8 };

/** A small province on SQLite in memory, with a fake cluster that has been observed once. */
export async function openProvisioningWorld({
  graceDays = 0,
  allocatable = plenty,
  ...options
}: WorldOptions = {}): Promise<ProvisioningWorld> {
  const clock = drivenClock();
  const ids = countedIds();
  const store = await openSqlite(':memory:', { ids });
  const deps: Deps = { store, clock, ids };
  const cluster = createFakeCluster({ name: place.clusterName, ...options });
  cluster.world.addWorker({ name: 'w1', pool: place.poolCode, allocatable });
  const clusters: Clusters = { of: (name) => (name === cluster.name ? cluster : null) };
  const queue = testQueue();
  const commit = (change: Omit<Change, 'audit'>) =>
    store.commit({ audit: auditOf(deps, systemCall, testSubject), ...change });
  await commit({ inserts: [...estateRows(clock.business(), graceDays)] });
  await commit({
    transfers: [
      {
        id: ids.next('transfer'),
        cause: { kind: 'entitlement', id: place.department },
        effectiveAt: clock.business(),
        entries: resourceNames.flatMap((resource) =>
          entitlementEntries(place.department, resource, plenty[resource] ?? 100),
        ),
      },
    ],
  });
  await observeClusters(deps, clusters);
  const run = (taskId: string) => runTask(deps, clusters, taskId);
  return {
    deps,
    clock,
    cluster,
    clusters,
    queue,
    commit,
    approve: (wish) => approvedRequest({ deps, commit }, wish),
    run,
    async settle(limitMs = 3_600_000) {
      const end = clock.business() + limitMs;
      while (clock.business() < end) {
        await relayOutbox(deps, queue);
        const jobs = queue.jobs.splice(0);
        for (const job of jobs) await run(job.taskId);
        const next = await nextWake(deps);
        if (next === null) return;
        // What the relay holds back has its time behind it already.
        if (jobs.length === 0) clock.advance(Math.max(next - clock.business(), 1_000));
      }
    },
    close: () => store.close(),
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
