import type { SealingDeps } from '@yunheng/application/audit/sealing';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import type { Call } from '@yunheng/application/deps';
import { seedProvince } from '@yunheng/application/estate/seed-province';
import { systemCall } from '@yunheng/application/identity/system-call';
import { observeClusters } from '@yunheng/application/provisioning/observe-clusters';
import type { WakeJob } from '@yunheng/application/provisioning/ports';
import { relayOutbox } from '@yunheng/application/provisioning/relay-outbox';
import { runWake } from '@yunheng/application/provisioning/run-wake';
import { departments, cloudNodes } from '@yunheng/db/queries/estate';
import { documentsInForce } from '@yunheng/db/queries/catalog';
import { allSystems } from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import { openStore } from '@yunheng/db/open-store';
import type { Row } from '@yunheng/db/store';
import type { ProvinceInput } from '@yunheng/application/estate/province';
import type { Cluster, Clusters } from '@yunheng/domain/provisioning/cluster';
import type { Clock } from '@yunheng/kernel/clock';
import type { Ids } from '@yunheng/kernel/ids';
import { invariant } from '@yunheng/kernel/invariant';
import { countedIds } from './counted-ids.ts';
import { drivenClock, type DrivenClock } from './driven-clock.ts';
import { createFakeCluster, type FakeCluster } from './fake-cluster.ts';
import { memoryHeadLog, testSigner, type MemoryHeadLog } from './audit-stand-ins.ts';
import { addPeople, type PersonName } from './people.ts';
import { smallCapacity, smallProvince, type SmallProvince } from './small-province.ts';

/** A small province with people in it, on any database and any clusters: every use case can be called as somebody. */
export interface StaffedProvince {
  readonly deps: SealingDeps;
  readonly headLog: MemoryHeadLog;
  readonly clusters: Clusters;
  readonly names: OfficeNames;
  as(person: PersonName): Call;
  seal(): Promise<void>;
  close(): Promise<void>;
}

/** The same on fake clusters, with time that tests drive. */
export interface Office extends StaffedProvince {
  readonly clock: DrivenClock;
  readonly sheng: FakeCluster;
  readonly shi: FakeCluster;
  /** Relays and runs what is due, letting time pass, until nothing is left that happens by itself. */
  settle(limitMs?: number): Promise<void>;
}

/** Ids by the codes that a test speaks in. */
export interface OfficeNames {
  readonly departments: ReadonlyMap<string, Row<'departments'>>;
  /** `rsj/jyfw`. */
  readonly systems: ReadonlyMap<string, Row<'informationSystems'>>;
  readonly cloudNodes: ReadonlyMap<string, string>;
  readonly items: ReadonlyMap<string, string>;
}

export interface OfficeOptions extends SmallProvince {
  /** Path of a SQLite file or address of a PostgreSQL database; without it a database of its own in memory. */
  readonly url?: string;
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const { url } = options;
  const clock = drivenClock();
  const [sheng, shi] = [fakeCluster('sheng'), fakeCluster('shi')];
  const staffed = await openStaffedProvince({
    ...(url === undefined ? {} : { url }),
    clock,
    ids: countedIds(),
    clusters: [sheng, shi],
    province: smallProvince(options),
  });
  const { deps, clusters } = staffed;
  return {
    ...staffed,
    clock,
    sheng,
    shi,
    settle: (limitMs = 3_600_000) => settle(deps, { clock, clusters, limitMs }),
  };
}

export interface StaffedOptions extends Pick<OfficeOptions, 'url'> {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly clusters: readonly Cluster[];
  readonly province: ProvinceInput;
}

export async function openStaffedProvince(options: StaffedOptions): Promise<StaffedProvince> {
  const { url = ':memory:', clock, ids, province } = options;
  const store = await openStore(url, { ids });
  const headLog = memoryHeadLog();
  const deps: SealingDeps = { store, clock, ids, signer: testSigner, headLog };
  const clusters: Clusters = {
    of: (name) => options.clusters.find((one) => one.name === name) ?? null,
  };
  const seeded = await seedProvince(deps, systemCall, province);
  invariant(seeded.ok, 'the province of a test is sound');
  await observeClusters(deps, clusters);
  const names = await readNames(deps);
  const people = await addPeople(deps, names.departments);
  return {
    deps,
    headLog,
    clusters,
    names,
    as: (person) => people[person],
    seal: async () => {
      await sealAudit(deps);
    },
    close: () => store.close(),
  };
}

function fakeCluster(name: 'sheng' | 'shi'): FakeCluster {
  const cluster = createFakeCluster({ name, uid: `uid-${name}` });
  const own = smallCapacity.filter(({ pool }) => pool.startsWith('sheng') === (name === 'sheng'));
  for (const { pool, capacity } of own)
    cluster.world.addWorker({ name: `${pool}-01`, pool, allocatable: capacity });
  return cluster;
}

async function readNames({ store, clock }: SealingDeps): Promise<OfficeNames> {
  const [departmentRows, systemRows, nodeRows, items] = await Promise.all([
    departments(store, wholeProvince),
    allSystems(store, wholeProvince),
    cloudNodes(store),
    documentsInForce(store, 'catalog_item', clock.business()),
  ]);
  const codes = new Map(departmentRows.map((row) => [row.id, row.code]));
  return {
    departments: new Map(departmentRows.map((row) => [row.code, row])),
    systems: new Map(
      systemRows.map((row) => [`${codes.get(row.departmentId) ?? ''}/${row.code}`, row]),
    ),
    cloudNodes: new Map(nodeRows.map((row) => [row.code, row.id])),
    items: new Map(items.map((row) => [row.code, row.id])),
  };
}

async function settle(
  deps: SealingDeps,
  of: { clock: DrivenClock; clusters: Clusters; limitMs: number },
): Promise<void> {
  const jobs: WakeJob[] = [];
  const queue = {
    add: async (job: WakeJob) => {
      if (!jobs.some(({ jobId }) => jobId === job.jobId)) jobs.push(job);
    },
    waiting: async () => jobs.length,
  };
  const end = of.clock.business() + of.limitMs;
  while (of.clock.business() < end) {
    await relayOutbox(deps, queue);
    const due = jobs.splice(0);
    for (const job of due) await runWake(deps, of.clusters, job.taskId);
    if (due.length === 0) of.clock.advance(1_000);
    const rows = await deps.store.read.select().from(deps.store.tables.outbox);
    if (rows.every((row) => row.doneAt !== null)) return;
  }
}
