import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRequest } from '../testing/content.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'yunheng-cli-'));
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const bound = server.app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  // The card that a serving process leaves for other programs of this home.
  const card = { url: `http://127.0.0.1:${port}`, pid: process.pid };
  writeFileSync(join(home, 'server.json'), JSON.stringify(card));
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Another home, in this one's folder. */
function homeBeside(name: string): string {
  const path = join(home, name);
  mkdirSync(path);
  return path;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

function yunheng(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { promise, resolve } = Promise.withResolvers<Ran>();
  const options = { env: { PATH: process.env['PATH'], HOME: home, YUNHENG_HOME: home, ...env } };
  const child = execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
    resolve({ code: Number(error?.code ?? 0), out: stdout, said: stderr });
  });
  child.stdin?.end();
  return promise;
}

describe('the terminal', { timeout: 60_000 }, () => {
  test('says how it is used, and 64 when it was used wrongly', async () => {
    const bare = await yunheng([]);
    expect((await yunheng(['help'])).code).toBe(0);
    const wrong = await yunheng(['no-such-verb']);
    const option = await yunheng(['capacity', '--bogus']);
    expect(bare).toMatchObject({ code: 0 });
    expect(bare.said).toContain('yunheng request list');
    expect(wrong.code).toBe(64);
    expect(option.code).toBe(64);
    expect(option.said).toContain('--scope');
  });

  test('says 2 when no server runs, in the language of the terminal', async () => {
    const nowhere = homeBeside('none');
    const ran = await yunheng(['capacity'], { YUNHENG_HOME: nowhere, LANG: 'en_US.UTF-8' });
    expect(ran.code).toBe(2);
    expect(ran.said).toContain('server.not_running');
    expect(ran.said).toMatch(/No running server/u);
  });

  test('asks for a password, and says how to give one when nobody can type it', async () => {
    const ran = await yunheng(['login', 'nobody-here'], { LANG: 'en_US.UTF-8' });
    expect(ran.code).toBe(64);
    expect(ran.said).toContain('YUNHENG_PASSWORD');
  });

  test('carries a request from a file to an approval, each person with a token of their own', async () => {
    const signed = await yunheng(['login', 'rsj-applicant']);
    expect(signed.said).toBe('');
    expect(signed.code).toBe(0);
    expect(statSync(join(home, 'cli-token')).mode & 0o777).toBe(0o600);

    const applicant = await server.signIn('rsj-applicant');
    const systems = (await applicant.query('systems.list', { size: 1 })).value as {
      rows: { id: string }[];
    };
    const file = join(home, 'content.json');
    const content = await smallRequest(applicant, { systemId: systems.rows[0]?.id ?? '' });
    writeFileSync(file, JSON.stringify(content));
    const submitted = await yunheng(['request', 'submit', file, '--key', 'cli-test-key', '--json']);
    const { id, number } = JSON.parse(submitted.out);
    expect(submitted.code).toBe(0);

    const again = await yunheng(['request', 'submit', file, '--key', 'cli-test-key', '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ id, number });

    const shown = await yunheng(['request', 'show', number]);
    expect(shown.out).toContain(number);
    expect(shown.out).toContain('4 核');

    const own = await yunheng(['request', 'approve', id]);
    expect(own.code).toBe(1);

    const made = await yunheng([
      'token',
      'create',
      'rsj-head',
      '--scopes',
      'read,approve',
      '--json',
    ]);
    const { token } = JSON.parse(made.out);
    const approved = await yunheng(['request', 'approve', id, '--opinion', '同意', '--json'], {
      YUNHENG_TOKEN: token,
    });
    expect(JSON.parse(approved.out)).toMatchObject({ id, state: 'in_review' });

    const withdrawn = await yunheng(['request', 'withdraw', id, '--reason', '不再需要']);
    expect(withdrawn.code).toBe(0);
    const restored = await yunheng(['request', 'restore', id, '--reason', '仍在使用', '--json']);
    expect(restored.code).toBe(1);
    expect(JSON.parse(restored.out)).toMatchObject({ error: { code: 'request.wrong_state' } });
    const watched = await yunheng(['request', 'watch', id]);
    expect(watched.code).toBe(1);
    expect(watched.out.trim().split('\n')).toHaveLength(3);
  });

  test('checks audit and laws through the server, and says 2 for what it could not read', async () => {
    await yunheng(['login', 'auditor']);
    const laws = await yunheng(['verify', '--json']);
    const checked = JSON.parse(laws.out);
    expect(checked.laws.map(({ id }: { id: string }) => id)).toContain('L1');
    expect(laws.code).toBe(checked.ok ? (checked.incomplete ? 2 : 0) : 1);
  });

  test.each(['verify', 'audit verify'])(
    'says 2 to whoever may not check, for 1 is a finding: %s',
    async (name) => {
      const verb = name.split(' ');
      const nobody = await yunheng(verb, { YUNHENG_TOKEN: 'yht_nobody' });
      expect([nobody.code, nobody.said]).toEqual([2, expect.stringContaining('auth.')]);
      await yunheng(['login', 'rsj-applicant'], { YUNHENG_PASSWORD: server.password });
      const applicant = await yunheng(verb);
      expect([applicant.code, applicant.said]).toEqual([2, expect.stringContaining('access.')]);
    },
  );

  test('makes the three administrators of an empty home once', async () => {
    const empty = { YUNHENG_HOME: homeBeside('init') };
    const first = await yunheng(['init', '--json'], empty);
    const { users } = JSON.parse(first.out);
    expect(users.map(({ role }: { role: string }) => role)).toEqual([
      'system_admin',
      'security_admin',
      'audit_admin',
    ]);
    const second = await yunheng(['init', '--json'], empty);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({ users: [], held: [{}, {}, {}] });
    const again = await yunheng(['init', '--reset', 'audit-admin', '--json'], empty);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out).oneTimePassword).not.toBe(users[2].oneTimePassword);
    expect((await yunheng(['init', '--reset', 'nobody'], empty)).code).toBe(1);
    const walked = await yunheng(['audit', 'verify', '--json'], empty);
    expect(walked.code).toBe(0);
  });

  test('makes and resets nobody while a server runs on the home, and says to stop it', async () => {
    for (const args of [['init'], ['init', '--reset', 'audit-admin']]) {
      const refused = await yunheng(args, { LANG: 'en_US.UTF-8' });
      expect(refused.code).toBe(2);
      expect(refused.said).toContain('server.running');
    }
  });

  test('registers a province from the example, once; a file with mistakes writes nothing', async () => {
    const own = { YUNHENG_HOME: homeBeside('province') };
    const file = join(home, 'province.json');
    writeFileSync(file, (await yunheng(['province', 'example'], own)).out);
    const imported = await yunheng(['province', 'import', file, '--json'], own);
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.out).rows).toBeGreaterThan(700);
    const again = await yunheng(['province', 'import', file, '--json'], own);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toEqual({ rows: 0, changed: 0, differences: [] });

    const renamed = JSON.parse(readFileSync(file, 'utf8'));
    renamed.departments[0].name = '改名';
    const edited = join(home, 'renamed.json');
    writeFileSync(edited, JSON.stringify(renamed));
    const differs = await yunheng(['province', 'import', edited], own);
    expect(differs.code).toBe(1);
    expect(differs.out).toContain('departments.0.name');
    expect(differs.out).toContain('都没有改动');

    const mistaken = readFileSync(file, 'utf8').replaceAll('"sheng-x86', '"Sheng x86');
    writeFileSync(file, mistaken);
    const refused = await yunheng(['province', 'import', file, '--json'], own);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out).error.issues.length).toBeGreaterThan(0);
    const nowhere = await yunheng(['province', 'import', join(home, 'none.json')], own);
    expect(nowhere.code).toBe(64);
    expect(nowhere.said).toContain('none.json');
  });
});
