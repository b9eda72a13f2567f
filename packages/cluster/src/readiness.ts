import type { V1Namespace, V1ResourceQuota, V1ServiceAccount } from '@kubernetes/client-node';
import type { QuotaView, ReadyWish } from '@yunheng/domain/provisioning/cluster';
import { fieldManager, labels, objectNames } from '@yunheng/domain/provisioning/kubernetes-words';
import { createReadyBoard, type ReadyBoard } from './ready-board.ts';
import type { Transport } from './transport.ts';
import { quotaView, type Wire } from './views.ts';
import { watchForever, type Watched, type WatchHandler } from './watch.ts';

export interface Readiness {
  /** Resolves at the event that makes it true, or with null when the time is up. */
  await(wish: ReadyWish, withinMs: number): Promise<QuotaView | null>;
  close(): Promise<void>;
}

/** How often a waiter asks the apiserver itself, so that a broken watch costs a second and not the deadline. */
const askAgainMs = 1_000;

/**
 * Three watches for a whole cluster (namespaces, quotas, default accounts) serve every waiter: polling each
 * namespace by itself costs several calls a look. Started by the first waiter.
 */
export function createReadiness(
  transport: Transport,
  ask: (wish: ReadyWish) => Promise<QuotaView | null>,
): Readiness {
  const board = createReadyBoard();
  let stops: readonly (() => Promise<void>)[] | null = null;
  return {
    async await(wish, withinMs) {
      stops ??= startWatches(transport, board);
      const end = performance.now() + withinMs;
      for (;;) {
        const quota = board.granted(wish);
        if (quota !== null) return quota;
        const left = end - performance.now();
        if (left <= 0) return null;
        const told = await board.nextNote(wish.target.namespace, Math.min(left, askAgainMs));
        const asked = told ? null : await ask(wish);
        if (asked !== null) return asked;
      }
    },
    async close() {
      await Promise.all((stops ?? []).map((stop) => stop()));
    },
  };
}

function startWatches(transport: Transport, board: ReadyBoard): readonly (() => Promise<void>)[] {
  const managed = { labelSelector: `${labels.managedBy}=${fieldManager}` };
  const defaults = { fieldSelector: `metadata.name=${objectNames.defaultAccount}` };
  return [
    watchForever(
      transport,
      { path: '/api/v1/namespaces', query: managed },
      noting<Wire<V1Namespace>>(board, {
        namespaceOf: (item) => item.metadata?.name ?? '',
        present: (namespace, item) => board.note(namespace, { uid: item.metadata?.uid ?? null }),
        absent: (namespace) => board.forget(namespace),
      }),
    ),
    watchForever(
      transport,
      { path: '/api/v1/resourcequotas', query: managed },
      noting<Wire<V1ResourceQuota>>(board, {
        namespaceOf: (item) => item.metadata?.namespace ?? '',
        present: (namespace, item) => board.note(namespace, { quota: quotaView(item) }),
        absent: (namespace) => board.note(namespace, { quota: null }),
      }),
    ),
    watchForever(
      transport,
      { path: '/api/v1/serviceaccounts', query: defaults },
      noting<Wire<V1ServiceAccount>>(board, {
        namespaceOf: (item) => item.metadata?.namespace ?? '',
        present: (namespace) => board.note(namespace, { account: true }),
        absent: (namespace) => board.note(namespace, { account: false }),
      }),
    ),
  ];
}

interface Noting<T> {
  namespaceOf(item: T): string;
  present(namespace: string, item: T): void;
  absent(namespace: string): void;
}

function noting<T extends Watched>(board: ReadyBoard, rules: Noting<T>): WatchHandler<T> {
  const present = (item: T): void => rules.present(rules.namespaceOf(item), item);
  return {
    replaced(items) {
      const listed = new Set(items.map((item) => rules.namespaceOf(item)));
      for (const namespace of board.namespaces) if (!listed.has(namespace)) rules.absent(namespace);
      for (const item of items) present(item);
    },
    changed: present,
    removed: (item) => rules.absent(rules.namespaceOf(item)),
  };
}
