import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { holdChange, insertUser, supplyChange } from '@yunheng/testkit/store-changes';
import { expectSound } from '@yunheng/testkit/store-conformance/oversell';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { migrationsOf } from '../migrations.ts';
import { openStore } from '../open-store.ts';
import { openSqlite } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-open-'));
let files = 0;
const newFile = (): string => join(folder, `${files++}.db`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('opening a SQLite file', () => {
  test('what was committed is there after closing and opening again', async () => {
    const path = newFile();
    const ids = countedIds();
    const first = await openStore(path, { ids });
    await first.commit(insertUser(ids, 'zhang'));
    await first.close();
    const second = await openStore(`file://${path}`, { ids });
    expect(await second.read.$count(second.tables.users)).toBe(1);
    await second.close();
  });

  test('a second opening of the same file is refused and names the owner', async () => {
    const path = newFile();
    const ids = countedIds();
    const store = await openSqlite(path, { ids });
    await expect(openSqlite(path, { ids })).rejects.toMatchObject({
      code: 'store.locked',
      params: { path, pid: String(process.pid) },
    });
    expect(await store.commit(insertUser(ids, 'zhang'))).toMatchObject({ kind: 'done' });
    await store.close();
    await (await openSqlite(path, { ids })).close();
  });

  test.each([
    ['zeroed', Buffer.alloc(100)],
    ['overwritten by text', Buffer.from('not a database at all')],
  ])('a header that was %s is damage: not opened, not changed', async (_how, header) => {
    const path = newFile();
    const ids = countedIds();
    await (await openSqlite(path, { ids })).close();
    overwrite(path, header);
    const { size } = statSync(path);
    await expect(openSqlite(path, { ids })).rejects.toMatchObject({
      code: 'store.damaged',
      params: { path },
    });
    expect(statSync(path).size).toBe(size);
  });

  test('a header that is damaged behind its first words is found by SQLite itself', async () => {
    const path = newFile();
    const ids = countedIds();
    await (await openSqlite(path, { ids })).close();
    overwrite(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(84, 0xff)]));
    await expect(openSqlite(path, { ids })).rejects.toMatchObject({ code: 'store.damaged' });
  });

  test('a file that is no database is not written over', async () => {
    const path = newFile();
    writeFileSync(path, 'a letter');
    await expect(openSqlite(path, { ids: countedIds() })).rejects.toMatchObject({
      code: 'store.damaged',
    });
    expect(statSync(path).size).toBe('a letter'.length);
  });

  test('a database of a newer version is left alone', async () => {
    const path = newFile();
    const ids = countedIds();
    const supported = migrationsOf('sqlite').count;
    await (await openSqlite(path, { ids })).close();
    const later = new Sqlite(path);
    later.exec(`insert into schema_migrations (hash, created_at) values ('x', 9000000000000)`);
    later.close();
    await expect(openSqlite(path, { ids })).rejects.toMatchObject({
      code: 'store.newer_version',
      params: { found: supported + 1, supported, path },
    });
  });

  test('a folder that does not exist is named as unavailable', async () => {
    const path = join(folder, 'nowhere', 'store.db');
    await expect(openSqlite(path, { ids: countedIds() })).rejects.toMatchObject({
      code: 'store.unavailable',
      params: { path },
    });
  });
});

describe('a disk without room', () => {
  test('fails whoever waits with store.full, keeps what was acknowledged, and goes on when there is room', async () => {
    const path = newFile();
    const ids = countedIds();
    const store = await openSqlite(path, { ids, maxBytes: 1_000_000 });
    const acknowledged: string[] = [];
    const fill = async (): Promise<void> => {
      for (;;) {
        const name = ids.next('user');
        await store.commit(insertUser(ids, name));
        acknowledged.push(name);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'store.full', retryable: true });
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(await store.read.$count(store.tables.users)).toBe(acknowledged.length);
    await store.close();

    const roomy = await openSqlite(path, { ids });
    expect(await roomy.commit(insertUser(ids, 'after'))).toMatchObject({ kind: 'done' });
    await roomy.close();
  });
});

describe('a killed process', () => {
  test('loses nothing that it acknowledged, and leaves no lock', async () => {
    const path = newFile();
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

function overwrite(path: string, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
}
