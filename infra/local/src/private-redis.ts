import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { PrivateServer } from './private-postgres.ts';
import { endProcess, readRecord, recordOf } from './processes.ts';

/** Where a server of the Redis protocol is on PATH, Valkey first; null when there is none. */
export function findRedisProgram(path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  for (const name of ['valkey-server', 'redis-server']) {
    const found = folders.map((folder) => join(folder, name)).find(isFile);
    if (found !== undefined) return found;
  }
  return null;
}

/** A server of this process alone: loopback, nothing evicted (locks carry TTLs), every write appended. */
export async function startPrivateRedis(program: string, folder: string): Promise<PrivateServer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await endLeftover(folder);
  const port = await freePort();
  const child = spawn(program, redisOptions(port, folder), {
    cwd: folder,
    stdio: 'ignore',
    detached: true,
  });
  // Before anything is awaited: whoever is killed while it starts must leave a trace of it.
  const record = recordOf(child.pid ?? 0);
  if (record !== undefined) writeFileSync(recordPath(folder), JSON.stringify(record));
  await answersPing(child, port);
  return {
    url: `redis://127.0.0.1:${port}/0`,
    pid: child.pid ?? 0,
    remark: null,
    stop: () => end(child),
  };
}

const recordPath = (folder: string): string => join(folder, 'server.json');

/** A server that a killed process left behind writes to the same files. */
async function endLeftover(folder: string): Promise<void> {
  const left = readRecord(recordPath(folder));
  if (left !== undefined) await endProcess(left, endMs);
}

const endMs = 10_000;

const redisOptions = (port: number, folder: string): string[] => {
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const memory = ['--maxmemory-policy', 'noeviction'];
  return [...place, ...memory, '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
};

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function answersPing(child: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + 15_000;
  while (Date.now() < until) {
    const ending = child.exitCode ?? child.signalCode;
    if (ending !== null) throw new Error(`${child.spawnfile} ended with ${ending} while starting`);
    if (await ping(port)) return;
    await sleep(25);
  }
  child.kill('SIGKILL');
  throw new Error(`${child.spawnfile} did not answer in time`);
}

function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const answer = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', (bytes) => answer(bytes.toString().startsWith('+PONG')));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([
    gone,
    sleep(endMs, undefined, { ref: false }).then(() => child.kill('SIGKILL')),
  ]);
}
