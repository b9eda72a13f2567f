import type { QuotaView, ReadyWish } from '@yunheng/domain/provisioning/cluster';
import { inForce } from '@yunheng/domain/provisioning/projection';

/** What is known of one namespace at the moment. */
export interface Known {
  readonly uid: string | null;
  readonly quota: QuotaView | null;
  readonly account: boolean;
}

const nothing: Known = { uid: null, quota: null, account: false };

/** Facts from the shared watches, by namespace, and those who wait for a change of them. */
export interface ReadyBoard {
  note(namespace: string, change: Partial<Known>): void;
  forget(namespace: string): void;
  readonly namespaces: Iterable<string>;
  /** The quota once everything that the wish names is so, else null. */
  granted(wish: ReadyWish): QuotaView | null;
  /** True when something was noted about the namespace, false when the time was up. */
  nextNote(namespace: string, withinMs: number): Promise<boolean>;
}

export function createReadyBoard(): ReadyBoard {
  const known = new Map<string, Known>();
  const waiters = new Map<string, Set<() => void>>();
  return {
    note(namespace, change) {
      known.set(namespace, { ...nothing, ...known.get(namespace), ...change });
      for (const wake of waiters.get(namespace) ?? []) wake();
    },
    forget(namespace) {
      known.delete(namespace);
    },
    get namespaces() {
      return known.keys();
    },
    granted({ target, uid }) {
      const { quota, ...facts } = known.get(target.namespace) ?? nothing;
      if (facts.uid !== uid || !facts.account) return null;
      if (quota === null || quota.generation !== target.generation) return null;
      return inForce(quota, target.hard) ? quota : null;
    },
    nextNote(namespace, withinMs) {
      const waiting = waiters.get(namespace) ?? new Set();
      waiters.set(namespace, waiting);
      return new Promise((resolve) => {
        const done = (told: boolean): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          if (waiting.size === 0) waiters.delete(namespace);
          resolve(told);
        };
        const wake = (): void => done(true);
        const timer = setTimeout(() => done(false), withinMs);
        waiting.add(wake);
      });
    },
  };
}
