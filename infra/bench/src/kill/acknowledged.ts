import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What the server has said yes to, as the client that was told wrote it down. */
export type Acknowledged =
  | { readonly kind: 'submitted'; readonly id: string; readonly number: string }
  | { readonly kind: 'approved' | 'rejected'; readonly id: string; readonly by: string }
  | { readonly kind: 'withdrawn'; readonly id: string };

export interface AcknowledgedLog {
  readonly write: (entry: Acknowledged) => void;
  readonly close: () => void;
}

/** A file of the client's own: appended and synced before the client goes on, so that it outlives every process. */
export function openAcknowledged(path: string): AcknowledgedLog {
  const file = openSync(path, 'a', 0o600);
  return {
    write(entry) {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

/** Everything that was written whole; a last line without its end was never acknowledged to anybody. */
export function readAcknowledged(path: string): Acknowledged[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Acknowledged); // written by the function above
}
