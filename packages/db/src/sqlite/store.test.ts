import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '@yunheng/testkit/store-conformance';
import { afterAll } from 'vitest';
import { openSqlite } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'yunheng-store-'));
let opened = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeConformance('SQLite in memory', (ids) => openSqlite(':memory:', { ids }));
storeConformance('SQLite file', (ids) => openSqlite(join(folder, `${opened++}.db`), { ids }));
