import type { V1Namespace, V1ResourceQuota } from '@kubernetes/client-node';
import type {
  Applied,
  ApplyStep,
  NamespaceTarget,
  Seen,
} from '@yunheng/domain/provisioning/cluster';
import { fieldManager, labels, objectNames } from '@yunheng/domain/provisioning/kubernetes-words';
import { AdapterError } from '@yunheng/kernel/errors';
import type { Api } from './api.ts';
import {
  coreIn,
  defaultAccountObject,
  isolationObjects,
  limitsObject,
  namespaceObject,
  namespacePath,
  quotaObject,
  type Applicable,
} from './objects.ts';
import { foreign, stale } from './refusals.ts';
import type { Answer } from './transport.ts';
import { generationOf, type Wire } from './views.ts';

export const fieldManagerQuery = { fieldManager } as const;

/** Server-side apply: force is right because every field in the body is the product's own. */
export function patch<T>(api: Api, { path, body }: Applicable): Promise<Answer<T>> {
  return api.transport.send<T>({
    method: 'PATCH',
    path,
    query: { fieldManager, force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body,
  });
}

export interface StepWrite {
  readonly target: NamespaceTarget;
  readonly seen: Seen;
}

export async function applyStep(
  api: Api,
  step: ApplyStep,
  { target, seen }: StepWrite,
): Promise<Applied> {
  if (step === 'namespace') return writeNamespace(api, target, seen);
  if (seen === null)
    throw new AdapterError('cluster.conflict', {
      retryable: true,
      params: { cluster: api.name, namespace: target.namespace },
    });
  switch (step) {
    case 'isolation':
      await Promise.all(isolationObjects(target).map((object) => patch(api, object)));
      break;
    case 'limits':
      await patch(api, limitsObject(target));
      break;
    case 'quota':
      await writeQuota(api, target, { suspended: false });
      break;
    case 'access':
      await patch(api, defaultAccountObject(target));
      break;
  }
  return { uid: seen.uid };
}

async function writeNamespace(api: Api, target: NamespaceTarget, seen: Seen): Promise<Applied> {
  if (seen !== null) {
    const found = await ownedUid(api, target.namespace, seen.uid);
    if (generationOf(found.metadata?.annotations) > target.generation)
      throw stale(api.name, target.namespace, target.generation);
  }
  const { body, status } = await patch<Wire<V1Namespace>>(
    api,
    namespaceObject(target, seen?.uid ?? null),
  );
  const uid = body.metadata?.uid ?? '';
  // Nothing was seen, yet something was there: somebody made it in between, and not us alone.
  if (seen === null && status !== 201 && writtenByOthers(body))
    throw foreign(api.name, target.namespace, uid);
  return { uid };
}

const writtenByOthers = ({ metadata }: Wire<V1Namespace>): boolean =>
  (metadata?.managedFields ?? []).some(
    ({ manager, subresource }) => manager !== fieldManager && subresource === undefined,
  );

/** The namespace of that UID with the product's label, or an error that says what is there instead. */
export async function ownedUid(
  api: Api,
  namespace: string,
  uid: string,
): Promise<Wire<V1Namespace>> {
  const found = await api.transport.send<Wire<V1Namespace>>({
    method: 'GET',
    path: namespacePath(namespace),
  });
  const { metadata } = found.body;
  if (metadata?.uid !== uid || metadata.labels?.[labels.managedBy] !== fieldManager)
    throw foreign(api.name, namespace, metadata?.uid ?? '');
  return found.body;
}

/**
 * The one write that a stale actor could do harm with. It looks first, refuses a lower generation, and writes against
 * the version that it saw; the admission policy `yunheng-generation` covers the first write.
 */
export async function writeQuota(
  api: Api,
  target: NamespaceTarget,
  { suspended }: { readonly suspended: boolean },
): Promise<void> {
  const path = `${coreIn(target.namespace, 'resourcequotas')}/${objectNames.quota}`;
  const found = await api.transport.find<Wire<V1ResourceQuota>>({ method: 'GET', path });
  const metadata = found?.body.metadata;
  if (generationOf(metadata?.annotations) > target.generation)
    throw stale(api.name, target.namespace, target.generation);
  const resourceVersion = metadata?.resourceVersion ?? null;
  await patch(api, quotaObject({ target, suspended, resourceVersion }));
}

export async function deleteNamespace(api: Api, namespace: string, uid: string): Promise<void> {
  try {
    await api.transport.find({
      method: 'DELETE',
      path: namespacePath(namespace),
      body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
    });
  } catch (error) {
    if (error instanceof AdapterError && error.params['status'] === 409)
      await notOurs(api, namespace, uid);
    else throw error;
  }
}

/** 409 is either another UID, which a person must look at, or a deletion that is already under way. */
async function notOurs(api: Api, namespace: string, uid: string): Promise<void> {
  const found = await api.transport.find<Wire<V1Namespace>>({
    method: 'GET',
    path: namespacePath(namespace),
  });
  const present = found?.body.metadata?.uid;
  if (present !== undefined && present !== uid) throw foreign(api.name, namespace, present);
}
