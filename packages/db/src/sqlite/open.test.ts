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
import { countedIds } from '@yunheng/testkit/counted-ids';
import { insertUser } from '@yunheng/testkit/store-changes';
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

function overwrite(path: string, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
}
