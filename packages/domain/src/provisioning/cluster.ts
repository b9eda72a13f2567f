import type { Instant } from '@yunheng/kernel/clock';
import type { ResourceAmounts } from '../catalog/resources.ts';

/**
 * What the product needs of a Kubernetes API. Two real things stand behind it: packages/cluster, and the
 * conforming fake of testkit. Every method answers within its deadline or throws an AdapterError:
 * `cluster.unavailable` (nobody's fault, costs no attempt), `cluster.conflict` (look again),
 * `provisioning.refused_by_cluster` (costs an attempt), `provisioning.foreign_namespace` (a person decides).
 */
export interface Cluster {
  /** Name of the cluster's row; the UID is who it really is. */
  readonly name: string;
  identify(): Promise<ClusterIdentity>;
  /** Allocatable of the worker nodes, summed by pool label. */
  readPools(): Promise<readonly PoolReading[]>;

  /** Null when no namespace of that name exists. */
  observe(namespace: string): Promise<NamespaceView | null>;
  /** Every namespace that carries the product's label, with its quota; for sweeps and reconcilers. */
  listManaged(): Promise<readonly NamespaceView[]>;
  /** Pods of managed namespaces that are bound to a worker of another pool (law P2). */
  strayPods(): Promise<PodCheck>;

  /** Writes one step by server-side apply. Answers with the UID of the namespace that was written. */
  apply(step: ApplyStep, target: NamespaceTarget, seen: Seen): Promise<Applied>;
  /** Resolves once the quota is in force and the default ServiceAccount exists; null when the time is up. */
  awaitReady(wish: ReadyWish, withinMs: number): Promise<QuotaView | null>;
  /** 停用: revokes every person's access, sets `pods: 0`, removes pods. Reversible by `restore`. */
  suspend(target: NamespaceTarget, uid: string): Promise<void>;
  restore(target: NamespaceTarget, uid: string): Promise<void>;
  /** Deletes by UID precondition. A namespace that is gone already is no error; another UID is foreign. */
  deleteNamespace(namespace: string, uid: string): Promise<void>;

  /**
   * A ServiceAccount of that person in the namespace, bound to the tenant role, and a token for at most one hour. An
   * account of an earlier epoch ends with all its tokens; one of a later epoch stops the writer (`cluster.conflict`).
   */
  grantAccess(grant: AccessGrant): Promise<AccessToken>;
  /** Every person's account in managed namespaces, as the API itself has it now, or one person's. */
  listAccess(personId: string | null): Promise<readonly PersonAccount[]>;
  /** Deletes that very ServiceAccount, so that every token of it stops. One that is gone or replaced is no error. */
  revokeAccess(account: PersonAccount): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterIdentity {
  /** UID of `kube-system`. */
  readonly uid: string;
  readonly version: string;
}

export interface PoolReading {
  /** Value of the pool label. */
  readonly pool: string;
  readonly workers: number;
  readonly allocatable: ResourceAmounts;
}

/** Steps that write, in the order of law P3. */
export type ApplyStep = 'namespace' | 'isolation' | 'limits' | 'quota' | 'access';

/** What the namespace shall be: the projection of the ledger. */
export interface NamespaceTarget {
  readonly namespace: string;
  readonly allocationId: string;
  readonly tenantId: string;
  readonly systemId: string;
  /** Code of the pool. */
  readonly pool: string;
  readonly hard: ResourceAmounts;
  readonly generation: number;
}

/** What the actor believes: a namespace of another UID, or a higher generation, stops the write. Null: nothing was there. */
export type Seen = { readonly uid: string } | null;

export interface Applied {
  readonly uid: string;
}

export interface ReadyWish {
  readonly target: NamespaceTarget;
  readonly uid: string;
}

export interface QuotaView {
  readonly hard: ResourceAmounts;
  /** Null until the cluster's controller has filled it; only then is the quota in force. */
  readonly statusHard: ResourceAmounts | null;
  readonly used: ResourceAmounts;
  readonly generation: number;
  readonly suspended: boolean;
  /** False when the keys of one resource differ, which the product never writes. */
  readonly even: boolean;
}

export interface NamespaceView {
  readonly name: string;
  readonly uid: string;
  readonly phase: 'active' | 'terminating';
  /** True when the product's label and field manager are on it. */
  readonly managed: boolean;
  /** Allocation that the ownership label names. */
  readonly allocationId: string | null;
  readonly pool: string | null;
  readonly generation: number;
  readonly podSecurity: boolean;
  readonly isolated: boolean;
  readonly limited: boolean;
  readonly quota: QuotaView | null;
  readonly defaultAccount: boolean;
  readonly createdAt: Instant;
  /** Why a terminating namespace does not go, as the cluster says it. */
  readonly blockedBy: string | null;
}

export interface StrayPod {
  readonly namespace: string;
  readonly pod: string;
  readonly worker: string;
  readonly pool: string;
  readonly workerPool: string | null;
}

export interface PodCheck {
  readonly checked: number;
  readonly strays: readonly StrayPod[];
}

/** A person's ServiceAccount in one namespace. */
export interface PersonAccount {
  readonly namespace: string;
  readonly personId: string;
  readonly uid: string;
  /** The revocation after which it was made, see access.ts; 0 for one that bears none. */
  readonly epoch: number;
}

export interface AccessGrant {
  readonly namespace: string;
  readonly uid: string;
  readonly personId: string;
  readonly epoch: number;
  readonly seconds: number;
}

export interface AccessToken {
  readonly account: PersonAccount;
  readonly token: string;
  readonly expiresAt: Instant;
  readonly server: string;
  /** PEM of the API's certificate authority, base64; empty when the system's own are used. */
  readonly authority: string;
}

/** The clusters of this process, by the name of their row. Null while one is not configured yet. */
export interface Clusters {
  of(name: string): Cluster | null;
}
