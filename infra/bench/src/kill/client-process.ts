import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KillStage } from './stage.ts';

export interface ClientOrders {
  readonly origin: string;
  readonly password: string;
  readonly log: string;
  readonly seed: number;
}

/** The people of the product in a process of their own: they know only what they were told. */
export interface ClientLife {
  readonly log: string;
  /** Nothing more is asked until `resume`; resolves when the last answer is in. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  readonly stop: () => Promise<void>;
}

export function startClient(stage: KillStage, seed: number): ClientLife {
  const log = join(stage.folder, 'acknowledged.jsonl');
  const child = fork(fileURLToPath(new URL('./client.ts', import.meta.url)));
  const orders: ClientOrders = { origin: stage.origin, password: stage.password, log, seed };
  child.send(orders);
  return {
    log,
    async pause() {
      child.send('pause');
      await once(child, 'message');
    },
    resume: () => child.send('resume'),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
