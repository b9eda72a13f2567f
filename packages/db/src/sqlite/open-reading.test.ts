import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countedIds } from '@yunheng/testkit/counted-ids';
import { insertUser } from '@yunheng/testkit/store-changes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReadingStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { openSqlite } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-reading-'));
const path = join(folder, 'store.db');
const ids = countedIds();
let owner: Store;
beforeAll(async () => {
  owner = await openSqlite(path, { ids });
});
afterAll(async () => {
  await owner.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a second look at the file sees what its owner commits, before and after', async () => {
  const reading = await openReadingStore(path);
  for (const [count, name] of ['zhang', 'wang'].entries()) {
    expect(await reading.read.$count(reading.tables.users)).toBe(count);
    await owner.commit(insertUser(ids, name));
  }
  expect(await reading.read.$count(reading.tables.users)).toBe(2);
  await reading.close();
  expect(await owner.commit(insertUser(ids, 'li'))).toMatchObject({ kind: 'done' });
});

test('cannot write', async () => {
  const reading = await openReadingStore(path);
  await expect(reading.commit(insertUser(ids, 'nobody'))).rejects.toThrow('opened for reading');
  await reading.close();
});

test('gives up none of its owner’s locks when it closes', async () => {
  await (await openReadingStore(path)).close();
  await expect(openSqlite(path, { ids })).rejects.toMatchObject({ code: 'store.locked' });
});

test('makes no file where there is none', async () => {
  const nowhere = join(folder, 'nothing.db');
  await expect(openReadingStore(nowhere)).rejects.toMatchObject({
    code: 'store.unavailable',
  });
});

test('every file of a database is readable by its owner alone', async () => {
  for (const suffix of ['', '-wal', '-shm', '.lock', '.pid']) {
    expect([suffix, statSync(`${path}${suffix}`).mode & 0o777]).toEqual([suffix, 0o600]);
  }
});
