import type { SealingDeps } from '@yunheng/application/audit/sealing';
import { sealAudit } from '@yunheng/application/audit/seal-audit';
import type { WakeJob } from '@yunheng/application/provisioning/ports';
import { relayOutbox } from '@yunheng/application/provisioning/relay-outbox';
import { runWake } from '@yunheng/application/provisioning/run-wake';
import type { Clusters } from '@yunheng/domain/provisioning/cluster';
import type { DrivenClock } from '@yunheng/testkit/driven-clock';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '../jobs/engine.ts';
import { openQueue } from '../jobs/queue.ts';
import type { QueueSource } from '../jobs/queue-source.ts';

export interface MachineryParts {
  readonly deps: SealingDeps;
  readonly clusters: Clusters;
  readonly clock: DrivenClock;
}

/** What carries approved requests out while a story waits. */
export interface Machinery {
  /** How many steps a story waits before it gives up. */
  readonly patience: number;
  step(): Promise<void>;
  loseQueue(): Promise<void>;
  stop(): Promise<void>;
}

/** What a worker dies of in a story; nothing in the product catches it. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Relay and tasks one after the other, no server and no waiting: time passes when there is nothing to do. */
export async function direct({ deps, clusters, clock }: MachineryParts): Promise<Machinery> {
  const jobs: WakeJob[] = [];
  const queue = {
    add: async (job: WakeJob) => void jobs.push(job),
    waiting: async () => jobs.length,
  };
  return {
    patience: 300,
    async step() {
      await relayOutbox(deps, queue);
      const due = jobs.splice(0);
      for (const { taskId } of due) await survivable(runWake(deps, clusters, taskId));
      if (due.length === 0) clock.advance(1_000);
    },
    loseQueue: async () => void jobs.splice(0),
    stop: async () => undefined,
  };
}

async function survivable(pass: Promise<unknown>): Promise<void> {
  try {
    await pass;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

/** The product's engine on a real queue, with `engines` processes' worth of workers on it. */
export const onQueue =
  (source: QueueSource, engines = 1) =>
  async ({ deps, clusters }: MachineryParts): Promise<Machinery> => {
    const listening = { ...clusters, onReady: () => undefined };
    const queues = await Promise.all(Array.from({ length: engines }, () => openQueue(source)));
    const running = queues.map((queue) =>
      startEngine({
        deps,
        clusters: listening,
        queue,
        also: [{ name: 'seal', everyMs: 1_000, run: () => sealAudit(deps) }],
        onFailure: () => undefined,
      }),
    );
    return {
      patience: 1_500,
      step: () => pause(20),
      loseQueue: async () => {
        await queues[0]?.queue.obliterate({ force: true });
      },
      async stop() {
        await Promise.all(running.map((engine) => engine.stop()));
      },
    };
  };
