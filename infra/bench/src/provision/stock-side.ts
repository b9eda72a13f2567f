import { setTimeout as sleep } from 'node:timers/promises';
import {
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  type KubernetesObject,
} from '@kubernetes/client-node';
import type { Applicable } from '@yunheng/cluster/objects';
import { fieldManager, objectNames } from '@yunheng/domain/provisioning/kubernetes-words';
import { timed, type Sample } from '../measure/rounds.ts';
import type { PlannedNamespace } from './plan.ts';

const workers = 16;
const lookEveryMs = 50;

/** client-node as it comes out of the package: a connection for every call, readiness by asking. */
export function applyWithStock(
  kubeconfig: string,
  namespaces: readonly PlannedNamespace[],
): Promise<Sample> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const client = KubernetesObjectApi.makeApiClient(config);
  const core = config.makeApiClient(CoreV1Api);
  const queue = [...namespaces];
  return timed(namespaces.length, async () => {
    await Promise.all(
      Array.from({ length: workers }, async () => {
        for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
          await applyInOrder(client, one.before);
          await ready(core, one.name);
          await applyInOrder(client, one.after);
        }
      }),
    );
  });
}

async function applyInOrder(
  client: KubernetesObjectApi,
  objects: readonly Applicable[],
): Promise<void> {
  for (const { body } of objects) {
    const object = body as KubernetesObject; // made by the product for the same API
    await client.patch(
      object,
      undefined,
      undefined,
      fieldManager,
      true,
      PatchStrategy.ServerSideApply,
    );
  }
}

async function ready(core: CoreV1Api, namespace: string): Promise<void> {
  for (;;) {
    const quota = await core.readNamespacedResourceQuota({ name: objectNames.quota, namespace });
    const wanted = Object.keys(quota.spec?.hard ?? {}).length;
    if (
      Object.keys(quota.status?.hard ?? {}).length === wanted &&
      (await hasAccount(core, namespace))
    )
      return;
    await sleep(lookEveryMs);
  }
}

async function hasAccount(core: CoreV1Api, namespace: string): Promise<boolean> {
  const { items } = await core.listNamespacedServiceAccount({ namespace });
  return items.some(({ metadata }) => metadata?.name === objectNames.defaultAccount);
}
