import type { V1Namespace, V1ResourceQuota, V1ServiceAccount } from '@kubernetes/client-node';
import type { QuotaView, ReadyWish } from '@yunheng/domain/provisioning/cluster';
import { fieldManager, labels, objectNames } from '@yunheng/domain/provisioning/kubernetes-words';
import { inForce } from '@yunheng/domain/provisioning/projection';
import type { Transport } from './transport.ts';
import { quotaView, type Wire } from './views.ts';
import { watchForever, type Watched } from './watch.ts';

/** What the shared watches know of one namespace. */
interface Known {
  uid: string | null;
  quota: QuotaView | null;
  account: boolean;
}

export interface Readiness {
  /** Resolves at the event that makes it true, or with null when the time is up. */
  await(wish: ReadyWish, withinMs: number): Promise<QuotaView | null>;
  close(): Promise<void>;
}

/** How often a waiter asks the apiserver itself, so that a broken watch costs a second and not the deadline. */
const askAgainMs = 1_000;

export type Ask = (wish: ReadyWish) => Promise<QuotaView | null>;

/**
 * Three watches for a whole cluster (namespaces, quotas, default accounts) serve every waiter: polling each
 * namespace by itself costs three calls a look. Started by the first waiter.
 */
export function createReadiness(transport: Transport, ask: Ask): Readiness {
  const known = new Map<string, Known>();
  const waiters = new Map<string, Set<() => void>>();
  let stops: readonly (() => Promise<void>)[] | null = null;

  const note = (namespace: string | undefined, change: Partial<Known>): void => {
    if (namespace === undefined) return;
    known.set(namespace, {
      uid: null,
      quota: null,
      account: false,
      ...known.get(namespace),
      ...change,
    });
    for (const wake of waiters.get(namespace) ?? []) wake();
  };
  const handler = <T extends Watched>(
    nameOf: (item: T) => string | undefined,
    facts: Facts<T>,
  ) => ({
    replaced: (items: readonly T[]) => {
      const present = new Set(items.map(nameOf));
      for (const namespace of known.keys())
        if (!present.has(namespace)) note(namespace, facts.absent);
      for (const item of items) note(nameOf(item), facts.present(item));
    },
    changed: (item: T) => note(nameOf(item), facts.present(item)),
    removed: (item: T) => note(nameOf(item), facts.absent),
  });
  const start = (): readonly (() => Promise<void>)[] => {
    const managed = { labelSelector: `${labels.managedBy}=${fieldManager}` };
    return [
      watchForever(
        transport,
        { path: '/api/v1/namespaces', query: managed },
        handler<Wire<V1Namespace>>((item) => item.metadata?.name, {
          present: (item) => ({ uid: item.metadata?.uid ?? null }),
          absent: { uid: null, quota: null, account: false },
        }),
      ),
      watchForever(
        transport,
        { path: '/api/v1/resourcequotas', query: managed },
        handler<Wire<V1ResourceQuota>>((item) => item.metadata?.namespace, {
          present: (item) => ({ quota: quotaView(item) }),
          absent: { quota: null },
        }),
      ),
      watchForever(
        transport,
        {
          path: '/api/v1/serviceaccounts',
          query: { fieldSelector: `metadata.name=${objectNames.defaultAccount}` },
        },
        handler<Wire<V1ServiceAccount>>((item) => item.metadata?.namespace, {
          present: () => ({ account: true }),
          absent: { account: false },
        }),
      ),
    ];
  };
  const satisfied = ({ target, uid }: ReadyWish): QuotaView | null => {
    const facts = known.get(target.namespace);
    if (facts === undefined || facts.uid !== uid || !facts.account) return null;
    if (facts.quota === null || facts.quota.generation !== target.generation) return null;
    return inForce(facts.quota, target.hard) ? facts.quota : null;
  };

  return {
    async await(wish, withinMs) {
      stops ??= start();
      const end = performance.now() + withinMs;
      for (;;) {
        const quota = satisfied(wish);
        if (quota !== null) return quota;
        const left = end - performance.now();
        if (left <= 0) return null;
        const told = await nextEvent(waiters, wish.target.namespace, Math.min(left, askAgainMs));
        const asked = told ? null : await ask(wish);
        if (asked !== null) return asked;
      }
    },
    async close() {
      await Promise.all((stops ?? []).map((stop) => stop()));
    },
  };
}

interface Facts<T> {
  present(item: T): Partial<Known>;
  readonly absent: Partial<Known>;
}

/** True when a watch said something about the namespace, false when the time was up. */
function nextEvent(
  waiters: Map<string, Set<() => void>>,
  namespace: string,
  withinMs: number,
): Promise<boolean> {
  const waiting = waiters.get(namespace) ?? new Set();
  waiters.set(namespace, waiting);
  return new Promise((resolve) => {
    const done = (told: boolean): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      if (waiting.size === 0 && waiters.get(namespace) === waiting) waiters.delete(namespace);
      resolve(told);
    };
    const wake = (): void => done(true);
    const timer = setTimeout(() => done(false), withinMs);
    waiting.add(wake);
  });
}
