import { readFileSync } from 'node:fs';
import { translate } from '@yunheng/messages/translate';
import type { Terminal } from './terminal.ts';

/** The text of a file that a person named, `-` for standard input; null after saying that it cannot be read. */
export function readInput(terminal: Terminal, path: string): string | null {
  return readInputBytes(terminal, path)?.toString('utf8') ?? null;
}

/** The same as it stands on the disk, for whoever takes its digest. */
export function readInputBytes(terminal: Terminal, path: string): Buffer | null {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch {
    terminal.note(translate(terminal.locale, 'cli.noFile', { path }));
    return null;
  }
}
