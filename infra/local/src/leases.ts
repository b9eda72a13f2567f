import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
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
  return liveLeases(dir).length;
}

/** Whoever holds a live lease in one folder holds one in the other too. */
export function shareLeases(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of liveLeases(from)) copyFileSync(join(from, name), join(to, name));
}

function liveLeases(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => {
    if (name === permanent || !name.endsWith('.json')) return false;
    const path = join(dir, name);
    const live = isAlive(readRecord(path));
    if (!live) rmSync(path, { force: true });
    return live;
  });
}
