import { systemCall } from '@yunheng/application/identity/system-call';
import type { Deps } from '@yunheng/application/deps';
import { observeClusters } from '@yunheng/application/provisioning/observe-clusters';
import { relayOutbox } from '@yunheng/application/provisioning/relay-outbox';
import { repairAccess } from '@yunheng/application/provisioning/repair-access';
import { repairDrift } from '@yunheng/application/provisioning/repair-drift';
import { runWake } from '@yunheng/application/provisioning/run-wake';
import { sweepDue } from '@yunheng/application/provisioning/sweep-due';
import { expireHolds } from '@yunheng/application/requests/expire-holds';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { ProvisionQueue } from './queue.ts';
import { startSchedule, type Recurring } from './schedule.ts';

/** Clusters that say when one of them becomes usable. */
export interface WatchedClusters extends Clusters {
  onReady(listener: (name: string) => void): void;
}

export interface EngineParts {
  readonly deps: Deps;
  readonly clusters: WatchedClusters;
  readonly queue: ProvisionQueue;
  /** Further recurring work of the composition, such as the sealing of the audit chain. */
  readonly also: readonly Recurring[];
  readonly onFailure: (work: string, error: unknown) => void;
}

export interface Engine {
  stop(): Promise<void>;
}

const concurrency = 16;

/** Everything that happens without anybody asking. Each round reads the database: a restart forgets nothing. */
export function startEngine(parts: EngineParts): Engine {
  const { deps, clusters, queue, onFailure } = parts;
  queue.work(async (subjectId) => {
    await runWake(deps, clusters, subjectId);
  }, concurrency);
  const relay: Recurring = { name: 'relay', everyMs: 500, run: () => relayAll(deps, queue) };
  const work: Recurring[] = [
    relay,
    { name: 'sweep', everyMs: 5_000, run: () => sweepDue(deps, clusters) },
    { name: 'observe', everyMs: 15_000, run: () => observeClusters(deps, clusters) },
    { name: 'access', everyMs: 60_000, run: () => repairAccess(deps, clusters) },
    { name: 'drift', everyMs: 300_000, run: () => repairDrift(deps, clusters) },
    { name: 'holds', everyMs: 30_000, run: () => expireHolds(deps, systemCall) },
    ...parts.also,
  ];
  const schedule = startSchedule(work, onFailure);
  const unsubscribe = deps.store.onCommit(({ outbox }) => {
    if (outbox) schedule.hint('relay');
  });
  clusters.onReady(() => schedule.hint('observe'));
  return {
    async stop() {
      unsubscribe();
      await schedule.stop();
      await queue.close();
    },
  };
}

/** Until the queue is full or nothing is due. */
async function relayAll(deps: Deps, queue: ProvisionQueue): Promise<void> {
  let handed = 0;
  do handed = await relayOutbox(deps, queue);
  while (handed > 0);
}
