import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeJson } from './files.ts';
import { endProcess, isAlive, recordOf, type ProcessRecord } from './processes.ts';

/** One program to keep running. */
export type Command = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly argv0?: string;
};

export type Supervision = {
  /** A phase starts when `readyAfter` of the one before it has said yes. */
  readonly phases: readonly {
    readonly commands: readonly Command[];
    readonly isReady?: () => Promise<boolean>;
  }[];
  readonly cwd: string;
  readonly logDir: string;
  readonly runDir: string;
  readonly signal: AbortSignal;
  readonly firstDelayMs?: number;
};

const longestDelayMs = 10_000;
/** A member that ran this long and then ended is started again at once. */
const stableMs = 30_000;
const logLimitBytes = 8 * 1024 * 1024;

/**
 * Starts the phases in order and restarts whatever ends, each member in a process group of its
 * own. When the signal comes, the phases end in reverse order; then the promise resolves.
 */
export async function supervise(supervision: Supervision): Promise<void> {
  const keepers: Keeper[][] = [];
  for (const phase of supervision.phases) {
    if (supervision.signal.aborted) break;
    keepers.push(phase.commands.map((command) => new Keeper(command, supervision)));
    await untilReady(phase.isReady, supervision.signal);
  }
  await aborted(supervision.signal);
  for (const phase of keepers.toReversed()) {
    // Within a phase later members lean on earlier ones: API server before its store.
    for (const keeper of phase.toReversed()) await keeper.stop();
  }
}

async function untilReady(
  isReady: (() => Promise<boolean>) | undefined,
  signal: AbortSignal,
): Promise<void> {
  while (isReady !== undefined && !signal.aborted && !(await isReady())) await sleep(100);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

class Keeper {
  readonly #command: Command;
  readonly #supervision: Supervision;
  #record: ProcessRecord | undefined;
  #restarts = 0;
  #delayMs: number;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(command: Command, supervision: Supervision) {
    this.#command = command;
    this.#supervision = supervision;
    this.#delayMs = supervision.firstDelayMs ?? 500;
    this.#start();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    if (isAlive(this.#record)) await endProcess(this.#record, 5_000);
    rmSync(this.#recordPath(), { force: true });
  }

  #recordPath(): string {
    return join(this.#supervision.runDir, `${this.#command.name}.json`);
  }

  #start(): void {
    if (this.#stopping) return;
    const child = this.#spawn();
    const startedAt = Date.now();
    this.#record = child.pid === undefined ? undefined : recordOf(child.pid);
    if (this.#record !== undefined) {
      writeJson(this.#recordPath(), { ...this.#record, startedAt, restarts: this.#restarts });
    }
    let ended = false;
    const onEnd = (): void => {
      if (ended || this.#stopping) return;
      ended = true;
      this.#again(Date.now() - startedAt);
    };
    child.once('error', onEnd);
    child.once('exit', onEnd);
  }

  #again(ranMs: number): void {
    if (ranMs > stableMs) this.#delayMs = this.#supervision.firstDelayMs ?? 500;
    this.#restarts += 1;
    this.#timer = setTimeout(() => this.#start(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
  }

  #spawn(): ChildProcess {
    const { logDir, cwd } = this.#supervision;
    const { name, program, args, argv0 } = this.#command;
    const log = openLog(logDir, name);
    try {
      return spawn(program, args, {
        cwd,
        argv0: argv0 ?? name,
        detached: true,
        stdio: ['ignore', log, log],
      });
    } finally {
      closeSync(log);
    }
  }
}

/** Appends; a log beyond its limit is set aside, and the one set aside before is given up. */
export function openLog(dir: string, name: string): number {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logLimitBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
