import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import { plusAmounts } from '@yunheng/domain/catalog/amounts';
import type { Cluster, PoolReading } from '@yunheng/domain/provisioning/cluster';
import { inForce } from '@yunheng/domain/provisioning/projection';
import { setTimeout as pause } from 'node:timers/promises';
import { adapterFault, noFaults, type FakeFaults } from './fake-faults.ts';
import {
  bareNamespace,
  viewOf,
  type FakeNamespace,
  type FakePod,
  type FakeState,
} from './fake-namespaces.ts';
import { fakeWrites } from './fake-writes.ts';

export interface FakeCluster extends Cluster {
  readonly faults: FakeFaults;
  readonly world: FakeWorld;
}

/** What a person with rights of their own can do to the cluster behind the product's back. */
export interface FakeWorld {
  readonly namespaces: Map<string, FakeNamespace>;
  /** Effects in the order in which they arrived. */
  readonly effects: string[];
  addWorker(worker: { name: string; pool: string; allocatable: ResourceAmounts }): void;
  createNamespace(name: string): FakeNamespace;
  /** Removes without waiting for finalizers. */
  removeNamespace(name: string): void;
  runPod(namespace: string, pod: FakePod): void;
  stopPods(namespace: string): void;
  /** Whether the API would know the bearer of that token. */
  admits(token: string): boolean;
}

export interface FakeOptions {
  readonly name: string;
  readonly uid?: string;
  /** How long the controller takes to fill `status.hard`. */
  readonly quotaDelayMs?: number;
  /** How long a namespace stays terminating. */
  readonly deletionMs?: number;
}

type Workers = Map<string, { readonly pool: string; readonly allocatable: ResourceAmounts }>;

/** Keeps the promises of the Cluster interface in memory: passes the same suite as a real apiserver. */
export function createFakeCluster(options: FakeOptions): FakeCluster {
  const { name, uid = crypto.randomUUID(), quotaDelayMs = 0, deletionMs = 0 } = options;
  const workers: Workers = new Map();
  const state: FakeState = { name, namespaces: new Map(), quotaDelayMs, deletionMs };
  const { namespaces } = state;
  const effects: string[] = [];
  const faults = noFaults();
  const reading = async <T>(read: () => T): Promise<T> => {
    await arrive(state, faults);
    return read();
  };
  const effect = async <T>(label: string, act: () => T): Promise<T> => {
    faults.onEffect('before', label);
    await arrive(state, faults);
    effects.push(label);
    const result = act();
    faults.onEffect('after', label);
    return result;
  };
  const observe = (namespace: string) =>
    reading(() => {
      const found = namespaces.get(namespace);
      return found === undefined ? null : viewOf(found, Date.now());
    });
  const views = () => [...namespaces.values()].map((namespace) => viewOf(namespace, Date.now()));
  return {
    name,
    faults,
    world: worldOf(state, workers, effects),
    identify: () => reading(() => ({ uid, version: 'v1.37.2' })),
    readPools: () => reading(() => poolReadings(workers.values())),
    observe,
    listManaged: () => reading(() => views().filter((view) => view.managed)),
    strayPods: () => reading(() => strays(namespaces.values(), workers)),
    listAccess: (personId) =>
      reading(() =>
        [...namespaces.values()]
          .flatMap(({ people }) => [...people.values()])
          .filter((account) => personId === null || account.personId === personId),
      ),
    async awaitReady({ target, uid: wanted }, withinMs) {
      const end = Date.now() + withinMs;
      for (;;) {
        const view = await observe(target.namespace);
        const quota = view?.uid === wanted && view.defaultAccount ? view.quota : null;
        if (quota?.generation === target.generation && inForce(quota, target.hard)) return quota;
        if (Date.now() >= end) return null;
        await pause(Math.min(5, quotaDelayMs + 1));
      }
    },
    ...fakeWrites(state, effect),
    close: async () => undefined,
  };
}

/** What happens to every call before it is answered; finalizers have run by then where their time has come. */
async function arrive({ name, namespaces }: FakeState, faults: FakeFaults): Promise<void> {
  if (faults.down) throw adapterFault(name, 'unavailable');
  const fault = faults.next.shift();
  if (fault === 'slow') await pause(faults.slowMs);
  else if (fault !== undefined) throw adapterFault(name, fault);
  for (const { name: namespace, goneAt, blockedBy } of namespaces.values())
    if (goneAt !== null && blockedBy === null && goneAt <= Date.now()) namespaces.delete(namespace);
}

function worldOf({ namespaces }: FakeState, workers: Workers, effects: string[]): FakeWorld {
  return {
    namespaces,
    effects,
    addWorker: ({ name: worker, ...rest }) => void workers.set(worker, rest),
    createNamespace(namespace) {
      const made = bareNamespace(namespace);
      namespaces.set(namespace, made);
      return made;
    },
    removeNamespace: (namespace) => void namespaces.delete(namespace),
    runPod: (namespace, pod) => void namespaces.get(namespace)?.pods.push(pod),
    stopPods: (namespace) => void namespaces.get(namespace)?.pods.splice(0),
    admits: (token) =>
      [...namespaces.values()].some(({ people }) =>
        [...people.values()].some(({ uid }) => token.endsWith(`-${uid}`)),
      ),
  };
}

function poolReadings(
  workers: Iterable<{ pool: string; allocatable: ResourceAmounts }>,
): readonly PoolReading[] {
  const pools = new Map<string, PoolReading>();
  for (const { pool, allocatable } of workers) {
    const before = pools.get(pool) ?? { pool, workers: 0, allocatable: {} };
    pools.set(pool, {
      pool,
      workers: before.workers + 1,
      allocatable: plusAmounts(before.allocatable, allocatable),
    });
  }
  return [...pools.values()];
}

function strays(
  namespaces: Iterable<FakeNamespace>,
  workers: ReadonlyMap<string, { pool: string }>,
) {
  const placed = [...namespaces].flatMap(({ name, managed, pool, pods }) =>
    managed && pool !== null
      ? pods.map((pod) => ({
          namespace: name,
          pod: pod.name,
          worker: pod.worker,
          pool,
          workerPool: workers.get(pod.worker)?.pool ?? null,
        }))
      : [],
  );
  return { checked: placed.length, strays: placed.filter((pod) => pod.workerPool !== pod.pool) };
}
