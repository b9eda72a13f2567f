import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AdapterError } from '@yunheng/kernel/errors';

/**
 * One process owns a SQLite file. The lock is SQLite's own on a file beside it, so the kernel gives it back when the
 * owner is killed; the pid next to it is for the message only.
 */
export function lockFile(path: string): () => void {
  const lock = new Sqlite(`${path}.lock`, { timeout: 0 });
  const ownerFile = `${path}.pid`;
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw new AdapterError('store.locked', {
      retryable: false,
      params: { path, pid: ownerOf(ownerFile) },
      cause: error,
    });
  }
  writeFileSync(ownerFile, String(process.pid));
  return () => {
    rmSync(ownerFile, { force: true });
    lock.close();
  };
}

function ownerOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // The owner is between taking the lock and writing its pid.
    return '';
  }
}
