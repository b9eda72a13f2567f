import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type {
  NamespaceTarget,
  NamespaceView,
  PersonAccount,
} from '@yunheng/domain/provisioning/cluster';
import { plusAmounts } from '@yunheng/domain/catalog/amounts';

export interface FakePod {
  readonly name: string;
  readonly worker: string;
  readonly requests: ResourceAmounts;
}

interface FakeQuota {
  hard: ResourceAmounts;
  inForceAt: number;
  generation: number;
  suspended: boolean;
}

export interface FakeNamespace {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: number;
  managed: boolean;
  allocationId: string | null;
  pool: string | null;
  generation: number;
  podSecurity: boolean;
  isolated: boolean;
  limited: boolean;
  quota: FakeQuota | null;
  tokensHandedOut: boolean;
  /** When the last finalizer will have run; null while the namespace lives. */
  goneAt: number | null;
  blockedBy: string | null;
  readonly pods: FakePod[];
  readonly people: Map<string, PersonAccount>;
}

/** What a fake cluster is made of. */
export interface FakeState {
  readonly name: string;
  readonly namespaces: Map<string, FakeNamespace>;
  readonly quotaDelayMs: number;
  readonly deletionMs: number;
}

export function bareNamespace(name: string): FakeNamespace {
  return {
    name,
    uid: crypto.randomUUID(),
    createdAt: Date.now(),
    managed: false,
    allocationId: null,
    pool: null,
    generation: 0,
    podSecurity: false,
    isolated: false,
    limited: false,
    quota: null,
    tokensHandedOut: true,
    goneAt: null,
    blockedBy: null,
    pods: [],
    people: new Map(),
  };
}

export function label(namespace: FakeNamespace, target: NamespaceTarget): void {
  Object.assign(namespace, {
    managed: true,
    allocationId: target.allocationId,
    pool: target.pool,
    generation: target.generation,
    podSecurity: true,
  });
}

export function viewOf(namespace: FakeNamespace, now: number): NamespaceView {
  const { name, uid, managed, allocationId, pool, generation, createdAt } = namespace;
  const { podSecurity, isolated, limited, quota } = namespace;
  return {
    name,
    uid,
    phase: namespace.goneAt === null ? 'active' : 'terminating',
    managed,
    allocationId,
    pool,
    generation,
    podSecurity,
    isolated,
    limited,
    quota:
      quota === null
        ? null
        : {
            hard: quota.hard,
            statusHard: now < quota.inForceAt ? null : quota.hard,
            used: namespace.pods.map((pod) => pod.requests).reduce(plusAmounts, {}),
            generation: quota.generation,
            suspended: quota.suspended,
            even: true,
          },
    defaultAccount: true,
    createdAt,
    blockedBy: namespace.goneAt === null ? null : namespace.blockedBy,
  };
}
