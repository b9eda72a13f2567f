import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const bootstrap = fileURLToPath(new URL('../bootstrap.mjs', import.meta.url));

describe('bootstrap', () => {
  test('runs a command with the pinned Node and passes its output on', () => {
    const { stdout } = spawnSync('node', [bootstrap, 'node', '-p', 'process.version'], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('v24.21.0\n');
  });

  test('passes the exit code on', () => {
    expect(spawnSync('node', [bootstrap, 'sh', '-c', 'exit 7']).status).toBe(7);
  });

  test('passes arguments on as they are', () => {
    const args = ['--json', 'two words', '$HOME'];
    const show = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const { stdout } = spawnSync('node', [bootstrap, 'node', '-e', show, '--', ...args], {
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual(args);
  });

  test('says what is wrong with a command that does not exist', () => {
    const { status, stderr } = spawnSync('node', [bootstrap, 'no-such-command'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr: expect.stringContaining('cannot start no-such-command'),
    });
  });

  test('refuses to run nothing, with its usage', () => {
    const { status, stderr } = spawnSync('node', [bootstrap], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('usage:') });
  });

  test.each([
    { signal: 'SIGTERM', code: 43 },
    { signal: 'SIGINT', code: 43 },
  ] as const)('lets the command end itself on $signal', async ({ signal, code }) => {
    const program = `process.on('${signal}', () => process.exit(43)); setInterval(() => {}, 1e6); console.log('up')`;
    const child = spawn('node', [bootstrap, 'node', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([code, null]);
  });
});
