import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson } from './files.ts';
import { isAlive, ownRecord, readRecord } from './processes.ts';

/**
 * Who wants a cluster up. A process that holds a lease wants it for as long as it lives, however
 * it ends; the permanent lease wants it until somebody stops the cluster by name.
 */
const permanent = 'permanent.json';

function ownLease(dir: string): string {
  return join(dir, `${process.pid}.json`);
}

export function takeLease(dir: string, kind: 'process' | 'permanent'): void {
  const path = kind === 'permanent' ? join(dir, permanent) : ownLease(dir);
  writeJson(path, { ...ownRecord(), takenAt: Date.now() });
}

export function releaseLease(dir: string): void {
  rmSync(ownLease(dir), { force: true });
}

export function clearLeases(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

/** True while anybody wants the cluster up; leases of processes that have ended are removed. */
export function isWanted(dir: string): boolean {
  if (existsSync(join(dir, permanent))) return true;
  return liveHolders(dir) > 0;
}

export function liveHolders(dir: string): number {
  if (!existsSync(dir)) return 0;
  let live = 0;
  for (const name of readdirSync(dir)) {
    if (name === permanent || !name.endsWith('.json')) continue;
    const path = join(dir, name);
    if (isAlive(readRecord(path))) live += 1;
    else rmSync(path, { force: true });
  }
  return live;
}
