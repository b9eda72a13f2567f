import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AdapterError } from '@yunheng/kernel/errors';
import { classify } from '../faults/classify.ts';
import { createPrivate } from './private-file.ts';

/**
 * One process owns a SQLite file. The lock is SQLite's own on a file beside it, so the kernel gives it back when the
 * owner is killed; the pid next to it is for the message only.
 */
export function lockFile(path: string): () => void {
  createPrivate(`${path}.lock`);
  const lock = new Sqlite(`${path}.lock`, { timeout: 0 });
  const ownerFile = `${path}.pid`;
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    const fault = classify(error);
    // A full disk refuses the lock, too, and nobody has it then.
    if (fault.kind !== 'failed' || fault.error.code !== 'store.locked') throw error;
    throw new AdapterError('store.locked', {
      retryable: false,
      params: { path, pid: ownerOf(ownerFile) },
      cause: error,
    });
  }
  tell(ownerFile);
  return () => {
    rmSync(ownerFile, { force: true });
    lock.close();
  };
}

function tell(ownerFile: string): void {
  try {
    writeFileSync(ownerFile, String(process.pid), { mode: 0o600 });
  } catch {
    // The lock is what counts: without room for a pid the message is poorer.
  }
}

function ownerOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // The owner is between taking the lock and writing its pid.
    return '';
  }
}
