/** Programs that stand in for docker, kind or go in tests: a folder of scripts to put on PATH. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type StandIns = { readonly dir: string; readonly env: { readonly PATH: string } };

/** Each script is shell text, run by /bin/sh; gone with the test. */
export function makeStandIns(scripts: Readonly<Record<string, string>>): StandIns {
  const dir = mkdtempSync(join(tmpdir(), 'yunheng-stand-in-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(dir, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  // The system's own sh, sleep and cat; nothing that a developer may have installed.
  return { dir, env: { PATH: `${dir}:/bin` } };
}

/** Runs with a new empty folder that is gone afterwards. */
export async function withFolder<T>(work: (dir: string) => Promise<T> | T): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'yunheng-test-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
