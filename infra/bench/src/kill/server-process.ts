import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { KillStage } from './stage.ts';

const program = fileURLToPath(import.meta.resolve('@yunheng/server/main'));
/** A loaded machine may take its time; what hangs shows as well after three minutes. */
const readyWithinMs = 180_000;

/** One life of the product's own program: `yunheng serve`. */
export interface ServerLife {
  readonly ready: () => Promise<void>;
  /** Without any warning, at whatever it is doing. */
  readonly kill: () => Promise<void>;
  /** As an operator would, so that its private queue ends too. */
  readonly end: () => Promise<void>;
}

export function startServer(stage: KillStage): ServerLife {
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { ...process.env, ...stage.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(stage.folder, 'server.log'), { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const gone = once(child, 'exit').then(() => void log.end());
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    ready: () => answering(stage.origin, child),
    kill: () => endBy('SIGKILL'),
    end: () => endBy('SIGTERM'),
  };
}

async function answering(origin: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended by itself: ${child.exitCode}`);
    const response = await fetch(`${origin}/healthz`, {
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (response?.ok === true) return;
    await sleep(50);
  }
  throw new Error('the server did not answer in time');
}
