import type { NamespaceTarget, Seen } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';
import { bareNamespace, label, type FakeNamespace, type FakeState } from './fake-namespaces.ts';

/** UID, ownership label and generation: what keeps a wrong or late writer out (laws P4, P5). */
export function fakeFences({ name: cluster, namespaces, quotaDelayMs }: FakeState) {
  const refusal = (
    code: 'cluster.conflict' | 'provisioning.foreign_namespace',
    params: Readonly<Record<string, string | number>>,
  ): AdapterError =>
    new AdapterError(code, {
      retryable: code === 'cluster.conflict',
      params: { cluster, ...params },
    });
  const owned = (namespace: string, uid: string): FakeNamespace => {
    const found = namespaces.get(namespace);
    if (found === undefined) throw refusal('cluster.conflict', { namespace, status: 404 });
    if (found.uid !== uid || !found.managed)
      throw refusal('provisioning.foreign_namespace', { namespace, uid: found.uid });
    if (found.goneAt !== null) throw refusal('cluster.conflict', { namespace, status: 403 });
    return found;
  };
  const fence = (found: number, { namespace, generation }: NamespaceTarget): void => {
    if (found > generation)
      throw refusal('cluster.conflict', { namespace, generation, reason: 'StaleGeneration' });
  };
  const writeQuota = (found: FakeNamespace, target: NamespaceTarget, suspended: boolean): void => {
    fence(found.quota?.generation ?? 0, target);
    const inForceAt = Date.now() + quotaDelayMs;
    found.quota = { hard: target.hard, inForceAt, generation: target.generation, suspended };
  };
  const writeNamespace = (target: NamespaceTarget, seen: Seen): FakeNamespace => {
    const { namespace } = target;
    const present = seen === null ? namespaces.get(namespace) : owned(namespace, seen.uid);
    if (present !== undefined && !present.managed)
      throw refusal('provisioning.foreign_namespace', { namespace, uid: present.uid });
    const written = present ?? bareNamespace(namespace);
    fence(written.generation, target);
    namespaces.set(namespace, written);
    label(written, target);
    return written;
  };
  return { refusal, owned, writeNamespace, writeQuota };
}
