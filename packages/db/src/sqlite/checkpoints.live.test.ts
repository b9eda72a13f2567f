import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { checkpointsBeside } from './checkpoints.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 3_000;
const soon = { timeout: 20_000, interval: 20 };

/** A writer that never carries its log itself. */
function openWriter(path: string): { write: () => void; close: () => void } {
  const writer = new Sqlite(path);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 0'])
    writer.pragma(setting);
  writer.exec('create table if not exists filled (id integer primary key, text text)');
  const fill = writer.prepare('insert into filled (text) values (?)');
  const write = writer.transaction(() => {
    for (let row = 0; row < rows; row += 1) fill.run('x'.repeat(200));
  });
  return { write, close: () => writer.close() };
}

describe('the log of a SQLite file', () => {
  test('is carried into the file beside its writer, again and again, and starts at its front', async () => {
    const path = join(folder, 'carried.db');
    const writer = openWriter(path);
    const checkpoints = checkpointsBeside(path);
    writer.write();
    const log = statSync(`${path}-wal`).size;
    for (let round = 0; round < 5; round += 1) {
      const before = statSync(path).size;
      checkpoints.wrote(rows);
      await vi.waitFor(() => expect(statSync(path).size).toBeGreaterThan(before), soon);
      await checkpoints.close();
      writer.write();
    }
    expect(statSync(`${path}-wal`).size).toBeLessThan(3 * log);
    writer.close();
  });

  test('waits for as many rows as are worth a thread', async () => {
    const path = join(folder, 'waits.db');
    const writer = openWriter(path);
    const checkpoints = checkpointsBeside(path);
    writer.write();
    const before = statSync(path).size;
    checkpoints.wrote(rows - 1);
    await checkpoints.close();
    expect(statSync(path).size).toBe(before);
    writer.close();
  });

  test('keeps nobody waiting whose thread has died, and has another at the next need', async () => {
    const path = join(folder, 'dies.db');
    writeFileSync(path, 'no database at all'.repeat(100));
    const checkpoints = checkpointsBeside(path);
    checkpoints.wrote(rows);
    await checkpoints.close();
    rmSync(path);
    const writer = openWriter(path);
    writer.write();
    const before = statSync(path).size;
    checkpoints.wrote(rows);
    await vi.waitFor(() => expect(statSync(path).size).toBeGreaterThan(before), soon);
    await checkpoints.close();
    writer.close();
  });
});
