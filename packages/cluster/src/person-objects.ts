import type { V1ServiceAccount } from '@kubernetes/client-node';
import type { PersonAccount } from '@yunheng/domain/provisioning/cluster';
import {
  epochAnnotation,
  fieldManager,
  labels,
  tenantClusterRole,
} from '@yunheng/domain/provisioning/kubernetes-words';
import { bindingsIn, coreIn, type Applicable } from './objects.ts';
import type { Wire } from './views.ts';

/** Ids carry an underscore, names of objects may not: `usr_01j…` is `person-01j…`. */
export const personObjectName = (personId: string): string =>
  `person-${personId.slice(personId.indexOf('_') + 1)}`;

export const personSelector = (personId: string | null): string =>
  [
    `${labels.managedBy}=${fieldManager}`,
    personId === null ? labels.person : `${labels.person}=${personId}`,
  ].join(',');

export interface AccountWish extends Pick<PersonAccount, 'namespace' | 'personId' | 'epoch'> {
  /** Set when the account is there: the apiserver refuses when another one bears the name by now. */
  readonly uid?: string;
}

const metadataOf = ({ namespace, personId }: AccountWish) => ({
  name: personObjectName(personId),
  namespace,
  labels: { [labels.managedBy]: fieldManager, [labels.person]: personId },
});

/** One ServiceAccount a person and namespace. */
export function accountObject(wish: AccountWish): Applicable {
  const metadata = metadataOf(wish);
  return {
    path: `${coreIn(wish.namespace, 'serviceaccounts')}/${metadata.name}`,
    body: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...metadata,
        ...(wish.uid === undefined ? {} : { uid: wish.uid }),
        annotations: { [epochAnnotation]: String(wish.epoch) },
      },
      automountServiceAccountToken: false,
    },
  };
}

/** Bound to the tenant role and to nothing else, for as long as that very account stands. */
export function bindingObject(account: PersonAccount): Applicable {
  const metadata = metadataOf(account);
  const { name, namespace } = metadata;
  const owner = { apiVersion: 'v1', kind: 'ServiceAccount', name, uid: account.uid };
  return {
    path: `${bindingsIn(namespace)}/${name}`,
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { ...metadata, ownerReferences: [owner] },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: tenantClusterRole,
      },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  };
}

/** What is read back; accounts of before there were epochs bear none. */
export function accountOf({ metadata }: Wire<V1ServiceAccount>, personId: string): PersonAccount {
  return {
    namespace: metadata?.namespace ?? '',
    personId: metadata?.labels?.[labels.person] ?? personId,
    uid: metadata?.uid ?? '',
    epoch: wholeOrNone(metadata?.annotations?.[epochAnnotation]),
  };
}

/** What cannot be read is older than everything: it never outlives a revocation. */
function wholeOrNone(text: string | undefined): number {
  const epoch = Number(text);
  return Number.isSafeInteger(epoch) ? epoch : 0;
}
