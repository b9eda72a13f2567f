import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  endProcess,
  isAlive,
  recordOf,
  type ProcessRecord,
} from '@yunheng/local-cluster/processes';

/** The program `yunheng` as a person starts it, in a process group of its own as a shell would give it. */
export interface Program {
  readonly pid: number;
  /** Resolves with the address when it answers; fails when it ends before that. */
  ready(): Promise<string>;
  /** What Ctrl-C does: the signal goes to the whole group. */
  interrupt(): void;
  kill(): void;
  /** Kills it with everything that it started: the end of a test that failed. */
  destroy(): Promise<void>;
  ended(): Promise<Ended>;
  /** Everything that the program has started, directly or not, and that is alive now. */
  children(): readonly ProcessRecord[];
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

export interface ProgramOptions {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const startMs = 60_000;

export function start(args: readonly string[], { home, env = {} }: ProgramOptions): Program {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'], HOME: home, YUNHENG_HOME: home, YUNHENG_LANG: 'en', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  const end = collected(child);
  return {
    pid,
    ready: () => Promise.race([answering(home, pid), failing(end)]),
    interrupt: () => void process.kill(-pid, 'SIGINT'),
    kill: () => void process.kill(pid, 'SIGKILL'),
    async destroy() {
      const all = [pid, ...descendants(pid)].flatMap((one) => recordOf(one) ?? []);
      for (const one of all) await endProcess(one, 5_000);
      await end;
    },
    ended: () => end,
    children: () => descendants(pid).flatMap((one) => recordOf(one) ?? []),
  };
}

/** Runs it to its end. */
export const run = (args: readonly string[], options: ProgramOptions): Promise<Ended> =>
  start(args, options).ended();

async function collected(child: ChildProcess): Promise<Ended> {
  let [out, said] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, said };
}

async function failing(end: Promise<Ended>): Promise<never> {
  const { code, out, said } = await end;
  throw new Error(`the program ended with ${code}: ${out}${said}`);
}

/** The card that a serving process leaves for other programs of its home says when and where. */
async function answering(home: string, pid: number): Promise<string> {
  const card = join(home, 'server.json');
  const until = Date.now() + startMs;
  while (Date.now() < until) {
    const found = existsSync(card) ? readFileSync(card, 'utf8') : '';
    if (found.endsWith('}')) {
      const left = JSON.parse(found) as { url: string; pid: number }; // written by serve.ts
      if (left.pid === pid) return left.url;
    }
    await pause(25);
  }
  throw new Error('the program did not answer in time');
}

function descendants(of: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const parent = parentOf(Number(name));
    if (parent !== null) parents.set(Number(name), parent);
  }
  const below = (parent: number): number[] =>
    [...parents].flatMap(([pid, above]) => (above === parent ? [pid, ...below(pid)] : []));
  return below(of);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It ended between the listing and the look.
    return null;
  }
}

/** Those of the processes that are still there after a moment for the kernel. */
export async function survivors(
  processes: readonly ProcessRecord[],
): Promise<readonly ProcessRecord[]> {
  const until = Date.now() + 2_000;
  while (processes.some((one) => isAlive(one)) && Date.now() < until) await pause(20);
  return processes.filter((one) => isAlive(one));
}

/** The error that `--json` prints on one line. */
export function errorOf({ out }: Ended): {
  code: string;
  params: Record<string, unknown>;
  title: string;
} {
  const line = out.trim().split('\n').at(-1) ?? '';
  return (JSON.parse(line) as { error: ReturnType<typeof errorOf> }).error; // what Terminal.fail prints
}
