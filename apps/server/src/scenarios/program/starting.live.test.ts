import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@yunheng/testkit/postgres-server';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { errorOf, run, start, survivors, type Program } from './program.ts';

const homes: string[] = [];
const running: Program[] = [];

const newHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'yunheng-program-'));
  homes.push(home);
  return home;
};

afterEach(async () => {
  for (const program of running.splice(0)) await program.destroy();
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

async function serving(
  home: string,
  ...args: string[]
): Promise<{ program: Program; url: string }> {
  const program = start(['serve', '--port', '0', ...args], { home });
  running.push(program);
  return { program, url: await program.ready() };
}

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a start that cannot succeed says why, and leaves everything as it was', () => {
  test('the port is in use: the port is named, what was started for it is ended, the home stays usable', async () => {
    const home = newHome();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = start(['serve', '--port', String(port), '--json'], {
      home,
      env: { YUNHENG_HOST: '127.0.0.1' },
    });
    const left: ReturnType<Program['children']>[number][] = [];
    const look = setInterval(() => left.push(...program.children()), 20);
    const ended = await program.ended();
    clearInterval(look);
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'server.port_in_use', params: { port } });
    expect(errorOf(ended).title).toContain(String(port));
    expect(left.length).toBeGreaterThan(0);
    expect(await survivors(left)).toEqual([]);
    other.close();
    const { url } = await serving(home);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test('another process has the file: its owner is named, and the owner goes on', async () => {
    const home = newHome();
    const { program, url } = await serving(home);
    const second = await run(['serve', '--port', '0', '--json'], { home });
    expect(second.code).toBe(2);
    expect(errorOf(second)).toMatchObject({
      code: 'store.locked',
      params: { path: join(home, 'yunheng.db'), pid: String(program.pid) },
    });
    const said = await run(['serve', '--port', '0'], { home });
    expect(said.said).toContain('(store.locked)');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test('a damaged header: not opened, not changed', async () => {
    const home = newHome();
    expect((await run(['init', '--json'], { home })).code).toBe(0);
    const path = join(home, 'yunheng.db');
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(100), 0, 100, 0);
    closeSync(file);
    const before = digest(path);
    const ended = await run(['serve', '--port', '0', '--json'], { home });
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'store.damaged', params: { path } });
    expect(digest(path)).toBe(before);
  });

  test('a system that people work with is no place for a demo, --fresh or not: nothing is removed', async () => {
    const home = newHome();
    const { users } = JSON.parse((await run(['init', '--json'], { home })).out);
    for (const option of [[], ['--fresh']]) {
      const ended = await run(['demo', '--no-clusters', '--port', '0', '--json', ...option], {
        home,
      });
      expect(ended.code).toBe(2);
      expect(errorOf(ended)).toMatchObject({ code: 'system.not_a_demo' });
    }
    const people = new Sqlite(join(home, 'yunheng.db'), { readonly: true });
    const names = people.prepare('select username from users order by username').pluck().all();
    people.close();
    expect(names).toEqual(users.map(({ username }: { username: string }) => username).toSorted());
  });

  test('a demo is not served to people: its password was printed', async () => {
    const home = newHome();
    const demo = start(['demo', '--no-clusters', '--port', '0'], { home });
    running.push(demo);
    await demo.ready();
    demo.interrupt();
    expect((await demo.ended()).code).toBe(0);
    const ended = await run(['serve', '--port', '0', '--json'], { home });
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'system.is_demo' });
  });

  test('a database of a newer version is left alone: SQLite', async () => {
    const home = newHome();
    expect((await run(['init', '--json'], { home })).code).toBe(0);
    const path = join(home, 'yunheng.db');
    const later = new Sqlite(path);
    later.exec(`insert into schema_migrations (hash, created_at) values ('later', 9000000000000)`);
    later.close();
    const before = digest(path);
    const ended = await run(['serve', '--port', '0', '--json'], { home });
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'store.newer_version' });
    expect(digest(path)).toBe(before);
  });

  test('a database of a newer version is left alone: PostgreSQL', async () => {
    const home = newHome();
    const server = await startPostgres();
    try {
      const env = { DATABASE_URL: await server.createDatabase() };
      const made = await run(['init', '--json'], { home, env });
      expect(made.code).toBe(0);
      expect((JSON.parse(made.out) as { users: unknown[] }).users).toHaveLength(3); // what init prints
      const again = await run(['init', '--json'], { home, env });
      expect(JSON.parse(again.out)).toMatchObject({ users: [], held: [{}, {}, {}] });
      const client = new pg.Client({ connectionString: env.DATABASE_URL });
      await client.connect();
      await client.query(
        `insert into schema_migrations (hash, created_at) values ('later', 9000000000000)`,
      );
      await client.end();
      const ended = await run(['serve', '--port', '0', '--json'], { home, env });
      expect(ended.code).toBe(2);
      expect(errorOf(ended)).toMatchObject({ code: 'store.newer_version' });
    } finally {
      await server.stop();
    }
  });

  test('PostgreSQL that is away is named as unavailable, a wrong address as wrong', async () => {
    const home = newHome();
    const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const ended = await run(['serve', '--port', '0', '--json'], { home, env: away });
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({ code: 'store.unavailable' });
    const wrong = await run(['serve'], { home, env: { DATABASE_URL: 'mysql://somewhere/x' } });
    expect(wrong.code).toBe(64);
    expect(wrong.said).toContain('DATABASE_URL');
  });

  test('a port that is no port is named before anything is started', async () => {
    const home = newHome();
    for (const port of ['abc', '70000', '']) {
      const ended = await run(['serve', '--port', port], { home });
      expect({ code: ended.code, said: ended.said }).toMatchObject({
        code: 64,
        said: expect.stringContaining('--port'),
      });
    }
    expect(readdirSync(home)).toEqual([]);
  });
});
