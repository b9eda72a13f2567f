import { toQuotaHard } from '@yunheng/domain/catalog/kubernetes';
import type { NamespaceTarget } from '@yunheng/domain/provisioning/cluster';
import {
  fieldManager,
  generationAnnotation,
  labels,
  objectNames,
  podSecurityLabels,
} from '@yunheng/domain/provisioning/kubernetes-words';

/** One object to be written: where, and the fields that the product owns. */
export interface Applicable {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const namespacePath = (namespace: string): string => `/api/v1/namespaces/${namespace}`;
export const coreIn = (namespace: string, kind: string): string =>
  `${namespacePath(namespace)}/${kind}`;
export const policiesIn = (namespace: string): string =>
  `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
export const bindingsIn = (namespace: string): string =>
  `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;

const owned = { [labels.managedBy]: fieldManager };

export function namespaceObject(target: NamespaceTarget, uid: string | null): Applicable {
  return {
    path: namespacePath(target.namespace),
    body: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: target.namespace,
        // The apiserver itself refuses when another namespace bears the name by now (law P4).
        ...(uid === null ? {} : { uid }),
        labels: {
          ...owned,
          [labels.pool]: target.pool,
          [labels.allocation]: target.allocationId,
          [labels.tenant]: target.tenantId,
          [labels.system]: target.systemId,
          ...podSecurityLabels,
        },
        annotations: { [generationAnnotation]: String(target.generation) },
      },
    },
  };
}

/** Nothing in or out, then what a system needs to work at all: itself, and names. */
export function isolationObjects({ namespace }: NamespaceTarget): readonly Applicable[] {
  const policy = (name: string, spec: unknown): Applicable => ({
    path: `${policiesIn(namespace)}/${name}`,
    body: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace, labels: owned },
      spec,
    },
  });
  const inside = [{ podSelector: {} }];
  const nameServers = [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
  ];
  const dnsPorts = [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ];
  return [
    policy(objectNames.denyAll, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy(objectNames.allowOwn, {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: inside }],
      egress: [{ to: inside }, { to: nameServers, ports: dnsPorts }],
    }),
  ];
}

/** Defaults for containers that name none: a quota refuses those otherwise. */
export function limitsObject({ namespace }: NamespaceTarget): Applicable {
  return {
    path: `${coreIn(namespace, 'limitranges')}/${objectNames.limits}`,
    body: {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: objectNames.limits, namespace, labels: owned },
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: '500m', memory: '512Mi' },
            defaultRequest: { cpu: '250m', memory: '256Mi' },
          },
        ],
      },
    },
  };
}

export interface QuotaShape {
  readonly target: NamespaceTarget;
  readonly suspended: boolean;
  /** Set when a quota was seen: the write fails if anybody wrote in between. */
  readonly resourceVersion: string | null;
}

export function quotaObject({ target, suspended, resourceVersion }: QuotaShape): Applicable {
  const { namespace } = target;
  return {
    path: `${coreIn(namespace, 'resourcequotas')}/${objectNames.quota}`,
    body: {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {
        name: objectNames.quota,
        namespace,
        labels: owned,
        annotations: { [generationAnnotation]: String(target.generation) },
        ...(resourceVersion === null ? {} : { resourceVersion }),
      },
      spec: {
        hard: { ...toQuotaHard(target.hard), ...closed, ...(suspended ? { pods: '0' } : {}) },
      },
    },
  };
}

/** Ports of the workers and addresses outside belong to nobody's quota here. */
const closed = { 'services.nodeports': '0', 'services.loadbalancers': '0' };

/** Pods that name no account get one whose token is not handed to them. */
export function defaultAccountObject({ namespace }: NamespaceTarget): Applicable {
  const name = objectNames.defaultAccount;
  return {
    path: `${coreIn(namespace, 'serviceaccounts')}/${name}`,
    body: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
      automountServiceAccountToken: false,
    },
  };
}
