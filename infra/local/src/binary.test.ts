import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { cachedBinary, ensureBinary, sourceKey } from './binary.ts';
import { parseGoVersion } from './go-toolchain.ts';
import { isAlive, readRecord, startTimeOf } from './processes.ts';
import type { Progress } from './progress.ts';
import { makeStandIns, withFolder } from './stand-ins.ts';

/** A `go` that answers as the real one, and whose `build` does what the test says. */
function fakeGo(build: string, version = 'go1.26.9'): { readonly PATH: string } {
  return makeStandIns({
    go: `case "$1" in
      env) echo ${version} ;;
      list) echo a; echo b ;;
      build) while [ "$1" != "-o" ]; do shift; done; out="$2"; touch "$GOCACHE/object"; ${build} ;;
    esac`,
  }).env;
}

function makeSource(dir: string): string {
  const source = join(dir, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'go.mod'), 'module x\n\ngo 1.26.4\n');
  writeFileSync(join(source, 'main.go'), 'package main\n');
  return source;
}

test('one build serves every later start, and the build cache is gone after it', async () => {
  await withFolder(async (dir) => {
    const input = {
      cacheDir: join(dir, 'cache'),
      sourceDir: makeSource(dir),
      env: fakeGo('echo a >&2; echo b >&2; echo program > "$out"'),
    };
    const seen: Progress[] = [];
    const first = await ensureBinary({ ...input, onProgress: (now) => seen.push(now) });
    expect(first.built).toBe(true);
    expect(readFileSync(first.path, 'utf8')).toBe('program\n');
    expect(readFileSync(first.kubectl, 'utf8')).toBe('program\n');
    expect(seen.map(({ code }) => code)).toContain('binary.install');
    expect(seen.findLast(({ code }) => code === 'binary.compile')).toMatchObject({
      step: 3,
      total: 4,
      done: 2,
      of: 2,
    });
    expect(readdirSync(join(dir, 'cache', 'controlplane'))).toEqual([sourceKey(input.sourceDir)]);
    expect((await ensureBinary({ ...input, env: { PATH: '' } })).built).toBe(false);
  });
});

test('another source is another program', async () => {
  await withFolder((dir) => {
    const source = makeSource(dir);
    const before = sourceKey(source);
    writeFileSync(join(source, 'main.go'), 'package main // changed\n');
    expect(sourceKey(source)).not.toBe(before);
  });
});

test('a build that fails leaves nothing and says what the compiler said', async () => {
  await withFolder(async (dir) => {
    const input = {
      cacheDir: join(dir, 'cache'),
      sourceDir: makeSource(dir),
      env: fakeGo('echo half > "$out"; echo "main.go:1: no such thing" >&2; exit 1'),
    };
    await expect(ensureBinary(input)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      params: { tail: expect.stringContaining('no such thing') },
    });
    expect(cachedBinary(input)).toBeUndefined();
    expect(readdirSync(join(dir, 'cache', 'controlplane'))).toEqual([]);
  });
});

test('an aborted build ends its compilers and leaves nothing', async () => {
  await withFolder(async (dir) => {
    const pidFile = join(dir, 'pid');
    const input = {
      cacheDir: join(dir, 'cache'),
      sourceDir: makeSource(dir),
      env: fakeGo(`echo $$ > ${pidFile}; sleep 60 & wait`),
    };
    const stop = new AbortController();
    const building = ensureBinary({ ...input, signal: stop.signal });
    const outcome = expect(building).rejects.toMatchObject({ code: 'BUILD_ABORTED' });
    await vi.waitFor(() => expect(existsSync(pidFile)).toBe(true), 10_000);
    stop.abort();
    await outcome;
    expect(startTimeOf(Number(readFileSync(pidFile, 'utf8')))).toBeUndefined();
    expect(readdirSync(join(dir, 'cache', 'controlplane'))).toEqual([]);
  });
});

test('what a build killed outright left is cleared away by the next one', async () => {
  await withFolder(async (dir) => {
    const cacheDir = join(dir, 'cache');
    const sourceDir = makeSource(dir);
    const root = join(cacheDir, 'controlplane');
    const module = fileURLToPath(new URL('./binary.ts', import.meta.url));
    const builder = spawn(
      process.execPath,
      [
        '-e',
        `import(${JSON.stringify(module)}).then((m) => m.ensureBinary(${JSON.stringify({ cacheDir, sourceDir })}))`,
      ],
      { env: fakeGo('echo half > "$out"; exec sleep 60'), stdio: 'ignore' },
    );
    const scratch = await vi.waitFor(() => {
      const name = readdirSync(root).find((one) => one.startsWith('.build-'));
      if (name === undefined) throw new Error('not building yet');
      if (!existsSync(join(root, name, 'result', 'controlplane'))) throw new Error('not yet');
      return join(root, name);
    }, 20_000);
    const compiler = readRecord(join(scratch, 'child.json'));
    expect(isAlive(compiler)).toBe(true);
    const gone = new Promise((done) => builder.once('exit', done));
    builder.kill('SIGKILL');
    await gone;
    expect(cachedBinary({ cacheDir, sourceDir })).toBeUndefined();

    await ensureBinary({ cacheDir, sourceDir, env: fakeGo('echo whole > "$out"') });
    expect(isAlive(compiler)).toBe(false);
    expect(readdirSync(root)).toEqual([sourceKey(sourceDir)]);
  });
});

test('two starts at once build once', async () => {
  await withFolder(async (dir) => {
    const env = fakeGo(`echo once >> ${join(dir, 'builds')}; echo program > "$out"`);
    const input = { cacheDir: join(dir, 'cache'), sourceDir: makeSource(dir), env };
    const built = await Promise.all([ensureBinary(input), ensureBinary(input)]);
    expect(built.filter((one) => one.built).length).toBe(1);
    expect(readFileSync(join(dir, 'builds'), 'utf8')).toBe('once\n');
  });
});

test('a Go that is too old is named together with the one that is needed', async () => {
  await withFolder(async (dir) => {
    const env = fakeGo('exit 0', 'go1.25.3');
    const input = { sourceDir: makeSource(dir), env, cacheDir: join(dir, 'cache') };
    await expect(ensureBinary({ ...input, goPlaces: ['go'] })).rejects.toMatchObject({
      code: 'GO_TOO_OLD',
      params: { found: 'go1.25.3', needed: '1.26.4' },
    });
  });
});

test('without Go the error says which one to install, and what else would do', async () => {
  await withFolder(async (dir) => {
    const input = { sourceDir: makeSource(dir), env: { PATH: '' }, cacheDir: join(dir, 'cache') };
    const outcome = ensureBinary({ ...input, goPlaces: ['go'] });
    await expect(outcome).rejects.toMatchObject({
      code: 'GO_MISSING',
      params: { needed: '1.26.4' },
    });
    await expect(outcome).rejects.toThrow(/YUNHENG_KUBECONFIG/);
  });
});

test('versions of Go are read with and without a patch number', () => {
  expect(parseGoVersion('go1.26.8')).toEqual([1, 26, 8]);
  expect(parseGoVersion('go1.26')).toEqual([1, 26, 0]);
  expect(parseGoVersion('devel')).toBeUndefined();
});
