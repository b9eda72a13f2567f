import type { Instant } from '@yunheng/kernel/clock';
import { Gauge, type Registry } from 'prom-client';

/** What is under way, as the composition reads it. */
export interface Figures {
  readonly tasks: readonly StateCount[];
  readonly revocations: readonly StateCount[];
  readonly outbox: { readonly pending: number; readonly oldest: Instant | null };
  readonly clusters: readonly { readonly name: string; readonly lastSeenAt: Instant | null }[];
}

interface StateCount {
  readonly state: string;
  readonly count: number;
}

export interface OperationParts {
  figures(): Promise<Figures>;
  now(): Instant;
  readonly withinMs: number;
}

/** Answers with what reads the figures into the gauges, before a scrape is answered. */
export function operationGauges(registry: Registry, parts: OperationParts): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const read = gauge('yunheng_operations_read', 'Whether the figures of this scrape could be read');
  const tasks = gauge('yunheng_provisioning_tasks', 'Provisioning tasks by state', ['state']);
  const revocations = gauge(
    'yunheng_access_revocations',
    'Access that is still to be taken back, by state',
    ['state'],
  );
  const pending = gauge('yunheng_outbox_pending', 'Outbox rows that are not done');
  const age = gauge('yunheng_outbox_age_seconds', 'Age of the oldest outbox row that is not done');
  const clusters = gauge('yunheng_cluster_age_seconds', 'Time since a cluster answered last', [
    'cluster',
  ]);
  const fill = (by: Gauge, counts: readonly StateCount[]): void => {
    by.reset();
    for (const { state, count } of counts) by.set({ state }, count);
  };
  return async () => {
    const figures = await inTime(parts.figures(), parts.withinMs);
    read.set(figures === null ? 0 : 1);
    const since = (at: Instant): number => Math.max(0, (parts.now() - at) / 1000);
    fill(tasks, figures?.tasks ?? []);
    fill(revocations, figures?.revocations ?? []);
    // Missing is not zero, and no older figure either.
    pending.set(figures?.outbox.pending ?? Number.NaN);
    age.set(figures === null ? Number.NaN : since(figures.outbox.oldest ?? parts.now()));
    clusters.reset();
    for (const { name, lastSeenAt } of figures?.clusters ?? [])
      if (lastSeenAt !== null) clusters.set({ cluster: name }, since(lastSeenAt));
  };
}

/** Null when it fails or takes too long: a database that is away does not hide the process. */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  try {
    return await Promise.race([work.catch(() => null), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
