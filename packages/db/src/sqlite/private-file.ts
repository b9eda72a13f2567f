import { closeSync, existsSync, openSync } from 'node:fs';

/**
 * SQLite would make a file that everybody may read; its journals get the mode of their file. A file that is there
 * already keeps its mode, and must not be opened here: closing it would give up every lock this process has on it.
 */
export function createPrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch {
    // No folder, no room: SQLite meets the same next, and its words are understood.
  }
}
