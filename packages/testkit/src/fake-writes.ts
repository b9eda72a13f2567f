import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { fakeFences } from './fake-fences.ts';
import type { FakeState } from './fake-namespaces.ts';

type Writes = Pick<
  Cluster,
  'apply' | 'suspend' | 'restore' | 'deleteNamespace' | 'grantAccess' | 'revokeAccess'
>;

type Effect = <T>(label: string, act: () => T) => Promise<T>;

/** Every write of the interface, behind the same fences as the real one. */
export function fakeWrites(state: FakeState, effect: Effect): Writes {
  const { refusal, owned, writeNamespace, writeQuota } = fakeFences(state);
  const { namespaces, deletionMs } = state;
  return {
    apply: (step, target, seen) =>
      effect(`${step} ${target.namespace}`, () => {
        if (step === 'namespace') return { uid: writeNamespace(target, seen).uid };
        if (seen === null) throw refusal('cluster.conflict', { namespace: target.namespace });
        const found = owned(target.namespace, seen.uid);
        if (step === 'isolation') found.isolated = true;
        if (step === 'limits') found.limited = true;
        if (step === 'quota') writeQuota(found, target, false);
        if (step === 'access') found.tokensHandedOut = false;
        return { uid: seen.uid };
      }),
    suspend: (target, uid) =>
      effect(`suspend ${target.namespace}`, () => {
        const found = owned(target.namespace, uid);
        writeQuota(found, target, true);
        found.people.clear();
        found.pods.splice(0);
      }),
    restore: (target, uid) =>
      effect(`restore ${target.namespace}`, () =>
        writeQuota(owned(target.namespace, uid), target, false),
      ),
    deleteNamespace: (namespace, uid) =>
      effect(`delete ${namespace}`, () => {
        const found = namespaces.get(namespace);
        if (found === undefined) return;
        if (found.uid !== uid)
          throw refusal('provisioning.foreign_namespace', { namespace, uid: found.uid });
        found.goneAt ??= Date.now() + deletionMs;
        found.pods.splice(0);
      }),
    grantAccess: ({ namespace, uid, personId, epoch, seconds }) =>
      effect(`grant ${namespace}`, () => {
        const { people } = owned(namespace, uid);
        const present = people.get(personId);
        if (present !== undefined && present.epoch > epoch)
          throw refusal('cluster.conflict', { namespace, reason: 'StaleGeneration' });
        const made = { namespace, personId, uid: crypto.randomUUID(), epoch };
        const account = present?.epoch === epoch ? present : made;
        people.set(personId, account);
        return {
          account,
          token: `token-of-${personId}-${account.uid}`,
          expiresAt: Date.now() + Math.min(3600, Math.max(600, seconds)) * 1000,
          server: 'https://127.0.0.1:6443',
          authority: '',
        };
      }),
    revokeAccess: ({ namespace, personId, uid }) =>
      effect(`revoke ${namespace}`, () => {
        const people = namespaces.get(namespace)?.people;
        if (people?.get(personId)?.uid === uid) people.delete(personId);
      }),
  };
}
