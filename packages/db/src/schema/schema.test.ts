import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { is, Table } from 'drizzle-orm';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { describe, expect, test } from 'vitest';
import * as postgres from './postgres.ts';
import * as sqlite from './sqlite.ts';

const folder = (dialect: string): string =>
  fileURLToPath(new URL(`../../migrations/${dialect}/meta/`, import.meta.url));

function lastSnapshot(dialect: string) {
  const journal = JSON.parse(readFileSync(`${folder(dialect)}_journal.json`, 'utf8'));
  const last = String(journal.entries.length - 1).padStart(4, '0');
  return JSON.parse(readFileSync(`${folder(dialect)}${last}_snapshot.json`, 'utf8'));
}

const tables = (module: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(module).filter(([, value]) => is(value, Table)));

describe.each([
  ['sqlite', sqlite],
  ['postgres', postgres],
])('the %s schema', (_dialect, module) => {
  test('exports every table by name, so that drizzle-kit sees it', () => {
    expect(Object.keys(tables(module)).toSorted()).toEqual(Object.keys(module.schema).toSorted());
  });
});

describe('the migrations hold everything that the definition says', () => {
  test('SQLite', async () => {
    const now = await generateSQLiteDrizzleJson(tables(sqlite), undefined, 'snake_case');
    expect(await generateSQLiteMigration(lastSnapshot('sqlite'), now)).toEqual([]);
  });

  test('PostgreSQL', async () => {
    const now = generateDrizzleJson(tables(postgres), undefined, undefined, 'snake_case');
    expect(await generateMigration(lastSnapshot('postgres'), now)).toEqual([]);
  });
});

test('both databases have the same tables and columns', () => {
  const names = (snapshot: { tables: Record<string, { name: string; columns: object }> }) =>
    Object.values(snapshot.tables).map(({ name, columns }) => [name, Object.keys(columns)]);
  expect(names(lastSnapshot('sqlite'))).toEqual(names(lastSnapshot('postgres')));
});
