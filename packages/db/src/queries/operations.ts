import { count, isNull, min, ne } from 'drizzle-orm';
import type { Instant } from '@yunheng/kernel/clock';
import type { Row, Store } from '../store.ts';

export interface OperationFigures {
  readonly tasks: readonly {
    readonly state: Row<'provisioningTasks'>['state'];
    readonly count: number;
  }[];
  /** Access that is still to be taken back. */
  readonly revocations: readonly {
    readonly state: Row<'accessRevocations'>['state'];
    readonly count: number;
  }[];
  /** Outbox rows that are not done, and when the oldest was written; null when none waits. */
  readonly outbox: { readonly pending: number; readonly oldest: Instant | null };
  readonly clusters: readonly { readonly name: string; readonly lastSeenAt: Instant | null }[];
}

/** What the metrics show of the work that is under way. */
export async function operationFigures(store: Store): Promise<OperationFigures> {
  const { provisioningTasks, accessRevocations, outbox, clusters } = store.tables;
  const [tasks, revocations, waiting, seen] = await Promise.all([
    store.read
      .select({ state: provisioningTasks.state, count: count() })
      .from(provisioningTasks)
      .groupBy(provisioningTasks.state),
    store.read
      .select({ state: accessRevocations.state, count: count() })
      .from(accessRevocations)
      .where(ne(accessRevocations.state, 'done'))
      .groupBy(accessRevocations.state),
    store.read
      .select({ pending: count(), oldest: min(outbox.createdAt) })
      .from(outbox)
      .where(isNull(outbox.doneAt)),
    store.read.select({ name: clusters.name, lastSeenAt: clusters.lastSeenAt }).from(clusters),
  ]);
  const [row] = waiting;
  return {
    tasks,
    revocations,
    outbox: { pending: row?.pending ?? 0, oldest: row?.oldest ?? null },
    clusters: seen,
  };
}
