import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { HeadLog, SignedHead } from '@yunheng/application/ports/head-log';

/** One line a head, appended and flushed: what a thief of the database alone cannot rewrite (law S2). */
export function openHeadLog(home: string): HeadLog {
  const path = join(home, 'audit', 'heads.jsonl');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let last = readHeads(path).at(-1) ?? null;
  // A line that a lost machine cut off stays what it is; the next head begins its own.
  let lead = existsSync(path) && !/(^|\n)$/u.test(readFileSync(path, 'utf8')) ? '\n' : '';
  return {
    last: async () => last,
    read: async () => readHeads(path),
    append: async (heads) => {
      const lines = heads.map((head) => `${JSON.stringify(head)}\n`).join('');
      const file = openSync(path, 'a', 0o600);
      try {
        writeSync(file, lead + lines);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      lead = '';
      last = heads.at(-1) ?? last;
    },
  };
}

/** A last line that was cut off by a lost machine is no head: the sealer appends that one again. */
function readHeads(path: string): readonly SignedHead[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const head = parsed(line);
      return head === null ? [] : [head];
    });
}

function parsed(line: string): SignedHead | null {
  try {
    const value: unknown = JSON.parse(line);
    return isHead(value) ? value : null;
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is SignedHead {
  return (
    typeof value === 'object' &&
    value !== null &&
    'seq' in value &&
    typeof value.seq === 'number' &&
    'chainHash' in value &&
    'signature' in value
  );
}
