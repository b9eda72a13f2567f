import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { holdChange, supplyChange } from '@yunheng/testkit/store-changes';
import { expectSound } from '@yunheng/testkit/store-conformance/oversell';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqlite } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a killed process', () => {
  test('loses nothing that it acknowledged, and leaves no lock', async () => {
    const path = join(folder, 'killed.db');
    const program = import.meta.resolve('@yunheng/testkit/commit-until-killed');
    for (let round = 0; round < 3; round++) {
      const acknowledged = await killAfter(fileURLToPath(program), path, 100 + round * 70);
      const ids = countedIds(1_000_000_000 + round);
      const store = await openSqlite(path, { ids });
      const rows = await store.read
        .select({ cause: store.tables.ledgerTransfers.causeId })
        .from(store.tables.ledgerTransfers);
      const kept = new Set(rows.map(({ cause }) => cause));
      expect(acknowledged.filter((line) => !kept.has(`${line}:1:1`))).toEqual([]);
      await expectSound(store);
      await store.commit(supplyChange(ids, 1));
      expect(await store.commit(holdChange(ids, `ln_${round}`, 1))).toMatchObject({ kind: 'done' });
      await store.close();
    }
  });
});

/** Runs the program until it has acknowledged so many lines, then kills it in the middle of whatever it does. */
async function killAfter(program: string, path: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line);
    if (acknowledged.length === lines) child.kill('SIGKILL');
  }
  await gone;
  expect(acknowledged.length).toBeGreaterThanOrEqual(lines);
  return acknowledged;
}
