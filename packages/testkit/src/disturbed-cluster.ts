import type { Cluster, NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import { adapterFault, type Moment } from './fake-faults.ts';

export interface Disturbance {
  /** While true nobody answers, whatever stands behind. */
  down: boolean;
  /** Called around each effect with its name; what it throws is what the worker dies of. */
  onEffect: (moment: Moment, effect: string) => void;
}

export interface DisturbedCluster extends Cluster {
  readonly disturbance: Disturbance;
}

/**
 * Any cluster, a fake or a real one, with the troubles of the world in front of it. Others may use the cluster at the
 * same time: of its namespaces only those that `isOurs` are listed.
 */
export function disturbed(
  cluster: Cluster,
  isOurs: (namespace: string) => boolean,
): DisturbedCluster {
  const disturbance = calm();
  const reading = <T>(read: () => Promise<T>): Promise<T> =>
    disturbance.down ? Promise.reject(adapterFault(cluster.name, 'unavailable')) : read();
  const effect = async <T>(label: string, act: () => Promise<T>): Promise<T> => {
    disturbance.onEffect('before', label);
    const result = await reading(act);
    disturbance.onEffect('after', label);
    return result;
  };
  const about = (target: NamespaceTarget, what: string) => `${what} ${target.namespace}`;
  return {
    name: cluster.name,
    disturbance,
    identify: () => reading(() => cluster.identify()),
    readPools: () => reading(() => cluster.readPools()),
    observe: (namespace) => reading(() => cluster.observe(namespace)),
    listManaged: () =>
      reading(async () => (await cluster.listManaged()).filter(({ name }) => isOurs(name))),
    strayPods: () =>
      reading(async () => {
        const { checked, strays } = await cluster.strayPods();
        return { checked, strays: strays.filter(({ namespace }) => isOurs(namespace)) };
      }),
    apply: (step, target, seen) =>
      effect(about(target, step), () => cluster.apply(step, target, seen)),
    awaitReady: (wish, withinMs) => reading(() => cluster.awaitReady(wish, withinMs)),
    suspend: (target, uid) => effect(about(target, 'suspend'), () => cluster.suspend(target, uid)),
    restore: (target, uid) => effect(about(target, 'restore'), () => cluster.restore(target, uid)),
    deleteNamespace: (namespace, uid) =>
      effect(`delete ${namespace}`, () => cluster.deleteNamespace(namespace, uid)),
    grantAccess: (grant) => effect(`grant ${grant.namespace}`, () => cluster.grantAccess(grant)),
    listAccess: (personId) =>
      reading(async () =>
        (await cluster.listAccess(personId)).filter(({ namespace }) => isOurs(namespace)),
      ),
    revokeAccess: (account) =>
      effect(`revoke ${account.namespace}`, () => cluster.revokeAccess(account)),
    close: () => cluster.close(),
  };
}

export const calm = (): Disturbance => ({ down: false, onEffect: () => undefined });
