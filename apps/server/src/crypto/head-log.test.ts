import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHeadLog } from './head-log.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'yunheng-heads-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const head = (seq: number) => ({
  seq,
  chainHash: `hash-${seq}`,
  signedAt: 1,
  keyId: 'key',
  signature: 'signature',
});

describe('the log of heads', () => {
  test('keeps what was appended, in order, over a restart', async () => {
    const log = openHeadLog(home);
    expect(await log.last()).toBeNull();
    await log.append([head(1), head(2)]);
    await log.append([head(5)]);
    const again = openHeadLog(home);
    expect(await again.read()).toEqual([head(1), head(2), head(5)]);
    expect(await again.last()).toEqual(head(5));
  });

  test('a line that was cut off is no head and spoils none that follows', async () => {
    await openHeadLog(home).append([head(1), head(2)]);
    const path = join(home, 'audit', 'heads.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
    const log = openHeadLog(home);
    expect(await log.last()).toEqual(head(1));
    await log.append([head(2)]);
    expect(await openHeadLog(home).read()).toEqual([head(1), head(2)]);
  });
});
