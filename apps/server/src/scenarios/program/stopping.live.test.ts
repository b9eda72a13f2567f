import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removePrivatePostgres } from '@yunheng/local-cluster/private-postgres';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { postgresFolder } from '../../jobs/queue-source.ts';
import { ApiRefusal } from '../../demo/api-client.ts';
import { start, survivors, type Program, type ProgramOptions } from './program.ts';
import { brokenLaws, identities, visit, type Visitor } from './visitor.ts';

let home: string;
const running: Program[] = [];

const newHome = (): string => {
  home = mkdtempSync(join(tmpdir(), 'yunheng-program-'));
  return home;
};

afterEach(async () => {
  for (const program of running.splice(0)) await program.destroy();
  await removePrivatePostgres(postgresFolder(home));
  rmSync(home, { recursive: true, force: true });
});

function demo(options: ProgramOptions): Program {
  const program = start(['demo', '--no-clusters', '--port', '0'], options);
  running.push(program);
  return program;
}

const ready = { ok: true, missing: [] };

/** Until the server is gone. */
async function keepSubmitting(visitor: Visitor, acknowledged: string[]): Promise<void> {
  try {
    for (;;) acknowledged.push(await visitor.submit());
  } catch (error) {
    // What it answers as long as it answers is not to be a refusal.
    if (error instanceof ApiRefusal) throw error;
  }
}

/** A PATH without any server: the queue then comes from the packages of npm. */
const bare = { PATH: '/nonexistent' };

describe.each([
  { queue: 'Redis', env: {} },
  { queue: 'PostgreSQL of npm, nothing on PATH', env: bare },
])('with the queue on $queue, in a home that only its owner may enter', ({ env }) => {
  test('Ctrl-C ends every child, and the second start finds everything as it was', async () => {
    const options = { home: newHome(), env };
    expect(statSync(home).mode & 0o077).toBe(0);
    const first = demo(options);
    const url = await first.ready();
    const offered = await identities(url);
    const visitor = await visit(url);
    const id = await visitor.submit();
    const readiness = async () => (await fetch(`${url}/readyz`)).json();
    await vi.waitFor(async () => expect(await readiness()).toEqual(ready), 20_000);
    // A visitor who stays on the line must not keep the process from ending.
    const line = connect(Number(new URL(url).port), 'localhost');
    line.on('error', () => undefined);
    line.write('GET /healthz HTTP/1.1\r\n');
    const children = first.children();
    expect(children.length).toBeGreaterThan(0);
    first.interrupt();
    expect((await first.ended()).code).toBe(0);
    expect(await survivors(children)).toEqual([]);

    const began = performance.now();
    const second = demo(options);
    const again = await second.ready();
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(await identities(again)).toEqual(offered);
    expect(await (await visit(again)).requests()).toContain(id);
    const later = second.children();
    second.interrupt();
    expect((await second.ended()).code).toBe(0);
    expect(await survivors(later)).toEqual([]);
  });

  test('Ctrl-C in the middle of the start leaves nothing either', async () => {
    const program = demo({ home: newHome(), env });
    await vi.waitFor(() => expect(program.children().length).toBeGreaterThan(0), 60_000);
    const children = program.children();
    program.interrupt();
    program.interrupt();
    expect((await program.ended()).code).toBe(0);
    expect(await survivors(children)).toEqual([]);
  });

  test('a killed process loses nothing that it acknowledged; the next start ends what it left', async () => {
    const options = { home: newHome(), env };
    const first = demo(options);
    const visitor = await visit(await first.ready());
    const acknowledged: string[] = [];
    const submitting = keepSubmitting(visitor, acknowledged);
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(4), 30_000);
    const children = first.children();
    first.kill();
    await Promise.all([first.ended(), submitting]);

    const second = demo(options);
    const again = await second.ready();
    const known = await (await visit(again)).requests();
    expect(acknowledged.filter((id) => !known.includes(id))).toEqual([]);
    expect(await survivors(children)).toEqual([]);
    const proof = { timeout: 30_000, interval: 1_000 };
    await vi.waitFor(async () => expect(await brokenLaws(again)).toEqual([]), proof);
    const later = second.children();
    second.interrupt();
    await second.ended();
    expect(await survivors(later)).toEqual([]);
  });
});
