import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson } from './files.ts';

/** A pid alone may long belong to somebody else: the start time makes it one process for ever. */
export type ProcessRecord = { readonly pid: number; readonly startTime: string };

/** When a running process started, in the system's own units; undefined when it is not running. */
export function startTimeOf(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (!existsSync('/proc/self/stat')) return startTimeByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces: count fields after its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startTimeByPs(pid: number): string | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return text === '' || text.startsWith('Z') ? undefined : text.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

let cachedBootId: string | undefined;

/** Start times in /proc count from boot, so the boot belongs to the identity. */
function bootId(): string {
  cachedBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
  return cachedBootId;
}

export function recordOf(pid: number): ProcessRecord | undefined {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

export function ownRecord(): ProcessRecord {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? 'unknown' };
}

export function isAlive(record: ProcessRecord | undefined): record is ProcessRecord {
  return record !== undefined && startTimeOf(record.pid) === record.startTime;
}

export function readRecord(path: string): ProcessRecord | undefined {
  const value = readJson(path);
  const pid = value?.['pid'];
  const startTime = value?.['startTime'];
  return typeof pid === 'number' && typeof startTime === 'string' ? { pid, startTime } : undefined;
}

/** Resident memory in MiB; undefined where the system does not tell. */
export function residentMiB(pid: number): number | undefined {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line?.[1] === undefined ? undefined : Math.round(Number(line[1]) / 1024);
  } catch {
    return undefined;
  }
}

/** True when the process has gone before the deadline. */
export async function waitForEnd(record: ProcessRecord, deadlineMs: number): Promise<boolean> {
  const end = Date.now() + deadlineMs;
  while (isAlive(record)) {
    if (Date.now() >= end) return false;
    await sleep(20);
  }
  return true;
}

function signalGroup(record: ProcessRecord, signal: NodeJS.Signals): void {
  try {
    process.kill(-record.pid, signal);
  } catch {
    // It ended between the look and the signal, or leads no group: then it alone is meant.
    if (isAlive(record)) process.kill(record.pid, signal);
  }
}

/** Ends a process and its group: first asked, after the grace forced. Returns when it has gone. */
export async function endProcess(record: ProcessRecord, graceMs: number): Promise<void> {
  if (!isAlive(record)) return;
  signalGroup(record, 'SIGTERM');
  await waitForEnd(record, graceMs);
  // Also when the leader has gone: a group keeps its number while anybody is left in it.
  signalGroup(record, 'SIGKILL');
  await waitForEnd(record, 5_000);
}
