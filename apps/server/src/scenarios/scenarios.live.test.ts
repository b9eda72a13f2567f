import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCluster } from '@yunheng/cluster/connect';
import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { startPrivateRedis, findRedisProgram } from '@yunheng/local-cluster/private-redis';
import type { PrivateServer } from '@yunheng/local-cluster/private-postgres';
import { startSharedTestClusters } from '@yunheng/local-cluster/test-clusters';
import { walkingClock } from '@yunheng/testkit/driven-clock';
import { startPostgres, type PostgresServer } from '@yunheng/testkit/postgres-server';
import { afterAll, beforeAll } from 'vitest';
import { createIds } from '../crypto/ids.ts';
import type { QueueSource } from '../jobs/queue-source.ts';
import { fakeClusters } from './fakes.ts';
import { onQueue } from './machinery.ts';
import { outsideOfFakes, outsideOfRealOnes, type ClusterName, type Outside } from './outside.ts';
import { playAll } from './play.ts';
import { openWorld, type World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-scenarios-'));
let postgres: PostgresServer;
let redis: PrivateServer;

beforeAll(async () => {
  postgres = await startPostgres();
  const program = findRedisProgram(process.env['PATH'] ?? '');
  if (program === null)
    throw new Error('redis-server or valkey-server is not on PATH: install one');
  redis = await startPrivateRedis(program, join(folder, 'redis'));
});
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const stores = {
  SQLite: async (name: string) => join(folder, `${name}.db`),
  PostgreSQL: () => postgres.createDatabase(),
};

let redisDatabases = 0;
const queues: Readonly<Record<'Redis' | 'PostgreSQL', () => Promise<QueueSource>>> = {
  Redis: async () => {
    const url = Object.assign(new URL(redis.url), { pathname: `/${redisDatabases++}` }).href;
    return { kind: 'redis', url, origin: 'test', stop: async () => {} };
  },
  PostgreSQL: async () => {
    const url = await postgres.createDatabase();
    return { kind: 'postgres', url, origin: 'test', stop: async () => {} };
  },
};

interface Clusters {
  readonly clusters: Readonly<Record<ClusterName, Cluster>>;
  readonly outside: Outside;
}

const kinds: Readonly<Record<'real' | 'fake', () => Promise<Clusters>>> = {
  async real() {
    const running = await startSharedTestClusters();
    const connect = (name: ClusterName) =>
      connectCluster({ name, kubeconfig: running[name].kubeconfigProvisioner, context: null });
    const [sheng, shi] = await Promise.all([connect('sheng'), connect('shi')]);
    return { clusters: { sheng, shi }, outside: outsideOfRealOnes(running) };
  },
  async fake() {
    const clusters = fakeClusters();
    return { clusters, outside: outsideOfFakes(clusters) };
  },
};

interface Cell {
  readonly store: keyof typeof stores;
  readonly queue: keyof typeof queues;
  readonly clusters: keyof typeof kinds;
}

/** Two pairs on real clusters; the rest of the matrix on fakes, which pass the same suite as the real ones. */
const matrix: readonly Cell[] = [
  { store: 'SQLite', queue: 'PostgreSQL', clusters: 'real' },
  { store: 'PostgreSQL', queue: 'Redis', clusters: 'real' },
  { store: 'SQLite', queue: 'Redis', clusters: 'fake' },
  { store: 'PostgreSQL', queue: 'PostgreSQL', clusters: 'fake' },
  { store: 'SQLite', queue: 'PostgreSQL', clusters: 'fake' },
  { store: 'PostgreSQL', queue: 'Redis', clusters: 'fake' },
];

for (const cell of matrix) {
  const title = `${cell.store}, queue on ${cell.queue}, ${cell.clusters} clusters`;
  playAll(title, () => openCell(cell));
}

async function openCell({ store, queue, clusters: kind }: Cell): Promise<World> {
  const { clusters, outside } = await kinds[kind]();
  const world = await openWorld({
    url: await stores[store](`${queue}-${kind}`),
    clock: walkingClock(),
    ids: createIds(),
    clusters,
    outside,
    // Where the database admits several processes, two share the work.
    start: onQueue(await queues[queue](), store === 'PostgreSQL' ? 2 : 1),
  });
  return {
    ...world,
    async close() {
      await world.close();
      outside.close();
      await Promise.all([clusters.sheng.close(), clusters.shi.close()]);
    },
  };
}
