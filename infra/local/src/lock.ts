import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterToolError } from './errors.ts';
import { isAlive, ownRecord, readRecord } from './processes.ts';

export type LockOptions = {
  readonly path: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds the lock. */
  readonly onWait?: () => void;
};

/**
 * Runs one holder at a time across processes. The lock names its holder, so a lock left behind by
 * a killed process is recognised and taken over.
 */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  await acquire(options);
  try {
    return await work();
  } finally {
    rmSync(options.path, { force: true });
  }
}

async function acquire(options: LockOptions): Promise<void> {
  const end = Date.now() + options.deadlineMs;
  let announced = false;
  while (!tryTake(options.path)) {
    options.signal?.throwIfAborted();
    const holder = readRecord(options.path);
    if (!isAlive(holder)) {
      rmSync(options.path, { force: true });
      continue;
    }
    if (Date.now() > end) {
      const params = { path: options.path, pid: String(holder.pid) };
      throw new ClusterToolError(
        'LOCK_TIMEOUT',
        params,
        `process ${holder.pid} still holds ${options.path}`,
      );
    }
    if (!announced) options.onWait?.();
    announced = true;
    await sleep(200);
  }
}

/** A link appears with its content, so nobody can read a lock that does not yet name its holder. */
function tryTake(path: string): boolean {
  // The holder before may have removed the whole folder.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${performance.now()}`;
  writeFileSync(draft, JSON.stringify(ownRecord()));
  try {
    linkSync(draft, path);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}
