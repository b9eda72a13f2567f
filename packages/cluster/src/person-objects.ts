import {
  fieldManager,
  labels,
  tenantClusterRole,
} from '@yunheng/domain/provisioning/kubernetes-words';
import { bindingsIn, coreIn, type Applicable } from './objects.ts';

/** Ids carry an underscore, names of objects may not: `usr_01j…` is `person-01j…`. */
export const personObjectName = (personId: string): string =>
  `person-${personId.slice(personId.indexOf('_') + 1)}`;

export const personSelector = labels.person;

/** One ServiceAccount a person and namespace, bound to the tenant role and to nothing else. */
export function personObjects(
  namespace: string,
  personId: string,
): { readonly account: Applicable; readonly binding: Applicable } {
  const name = personObjectName(personId);
  const metadata = {
    name,
    namespace,
    labels: { [labels.managedBy]: fieldManager, [labels.person]: personId },
  };
  return {
    account: {
      path: `${coreIn(namespace, 'serviceaccounts')}/${name}`,
      body: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata,
        automountServiceAccountToken: false,
      },
    },
    binding: {
      path: `${bindingsIn(namespace)}/${name}`,
      body: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: tenantClusterRole,
        },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    },
  };
}
