import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AdapterError } from '@yunheng/kernel/errors';
import { classify } from '../faults/classify.ts';

/** What kept a file from being opened, with its path for whoever has to look. */
export function opening(path: string, error: unknown): unknown {
  // better-sqlite3 says a missing folder as a TypeError of its own.
  if (error instanceof TypeError) {
    return new AdapterError('store.unavailable', {
      retryable: false,
      params: { path },
      cause: error,
    });
  }
  const fault = classify(error);
  if (fault.kind !== 'failed') return error;
  const { retryable, cause, params } = fault.error;
  const code = isFull(path) ? 'store.full' : fault.error.code;
  return new AdapterError(code, { retryable, cause, params: { path, ...params } });
}

/** SQLite tells a full disk in several ways, depending on which of its files it wanted to grow. */
function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < least;
  } catch {
    return false;
  }
}

/** Less than one page of a database and its index in shared memory. */
const least = 64 * 1024;
