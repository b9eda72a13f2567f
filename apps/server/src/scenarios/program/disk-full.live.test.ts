import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiRefusal } from '../../demo/api-client.ts';
import { errorOf, run, start, survivors, type Program } from './program.ts';
import { brokenLaws, visit, type Visitor } from './visitor.ts';

/** A file system of its own that can be filled: only root may mount one. */
const isRoot = process.getuid?.() === 0;
const sizeMiB = 64;

let disk: string;
const running: Program[] = [];

beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'yunheng-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=0700`, 'tmpfs', disk]);
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.destroy();
  execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const filler = () => join(disk, 'filler');

/** Takes the last byte. */
function fill(): void {
  const file = openSync(filler(), 'w');
  try {
    for (const size of [1 << 20, 4096, 1]) writeUntilFull(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeUntilFull(file: number, chunk: Buffer): void {
  try {
    while (writeSync(file, chunk) === chunk.length);
  } catch {
    // ENOSPC: what was wanted.
  }
}

async function submitUntilRefused(visitor: Visitor, acknowledged: string[]): Promise<ApiRefusal> {
  for (let count = 0; count < 800; count++) {
    try {
      acknowledged.push(await visitor.submit());
    } catch (error) {
      if (error instanceof ApiRefusal) return error;
      throw error;
    }
  }
  throw new Error('the disk never became full');
}

test.runIf(isRoot)(
  'a full disk refuses what it cannot keep, keeps what was acknowledged, and goes on when there is room',
  async () => {
    const home = join(disk, 'home');
    const program = start(['demo', '--no-clusters', '--port', '0'], { home });
    running.push(program);
    const url = await program.ready();
    const visitor = await visit(url);
    const acknowledged = [await visitor.submit()];
    fill();
    const { status, problem } = await submitUntilRefused(visitor, acknowledged);
    expect({ status, code: problem['code'] }).toEqual({ status: 503, code: 'store.full' });
    expect(problem['title']).toMatch(/磁盘已满|disk is full/iu);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const known = await visitor.requests();
    expect(acknowledged.slice(-100).filter((id) => !known.includes(id))).toEqual([]);

    rmSync(filler());
    acknowledged.push(await visitor.submit());
    const proof = { timeout: 30_000, interval: 1_000 };
    await vi.waitFor(async () => expect(await brokenLaws(url)).toEqual([]), proof);
    const children = program.children();
    program.interrupt();
    expect((await program.ended()).code).toBe(0);
    expect(await survivors(children)).toEqual([]);

    fill();
    const full = await run(['serve', '--port', '0', '--json'], { home });
    expect(full.code).toBe(2);
    expect(errorOf(full)).toMatchObject({ code: 'store.full' });
    rmSync(filler());
    const again = start(['demo', '--no-clusters', '--port', '0'], { home });
    running.push(again);
    const later = await (await visit(await again.ready())).requests();
    expect(acknowledged.slice(-100).filter((id) => !later.includes(id))).toEqual([]);
  },
);
