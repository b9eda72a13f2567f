import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ClusterToolError } from './errors.ts';
import { writeJson } from './files.ts';
import type { GoToolchain } from './go-toolchain.ts';
import type { Environment } from './paths.ts';
import { endProcess, isAlive, ownRecord, readRecord, recordOf } from './processes.ts';
import type { stepReporter } from './progress.ts';

const kubernetes = { version: 'v1.37.2', major: '1', minor: '37' };
const kwokVersion = 'v0.8.0';

/** Without the stamp the programs call themselves v0.0.0, and clients that parse it stumble. */
const linkerFlags = [
  '-s -w',
  `-X k8s.io/component-base/version.gitVersion=${kubernetes.version}`,
  `-X k8s.io/component-base/version.gitMajor=${kubernetes.major}`,
  `-X k8s.io/component-base/version.gitMinor=${kubernetes.minor}`,
  `-X sigs.k8s.io/kwok/pkg/consts.Version=${kwokVersion}`,
].join(' ');

export type CompileInput = {
  readonly go: GoToolchain;
  readonly env: Environment;
  readonly sourceDir: string;
  /** Folder in which the build makes its own temporary one. */
  readonly root: string;
  readonly outputName: string;
  readonly report: ReturnType<typeof stepReporter>;
  readonly signal: AbortSignal | undefined;
  /** Takes the folder with the finished program away; what stays behind is deleted. */
  readonly install: (resultDir: string) => void;
};

const scratchPrefix = '.build-';

export async function compile(input: CompileInput): Promise<void> {
  mkdirSync(input.root, { recursive: true, mode: 0o700 });
  await sweepAbandoned(input.root);
  const scratch = mkdtempSync(join(input.root, scratchPrefix));
  writeJson(join(scratch, 'owner.json'), ownRecord());
  const guard = guardAgainstDeath(scratch);
  try {
    const result = join(scratch, 'result');
    for (const name of ['result', 'tmp', 'cache']) mkdirSync(join(scratch, name));
    const go = (args: readonly string[], onLine: (line: string) => void): Promise<void> =>
      runGo({ input, scratch, args, onLine, onChild: guard.watch });

    input.report('binary.modules');
    let packages = 0;
    await go(['list', '-deps', '.'], () => void packages++);

    let done = 0;
    input.report('binary.compile', { done, of: packages });
    const output = join(result, input.outputName);
    const build = ['build', '-v', '-trimpath', '-ldflags', linkerFlags, '-o', output, '.'];
    await go(build, () => input.report('binary.compile', { done: ++done, of: packages }));

    input.report('binary.install');
    input.install(result);
  } finally {
    guard.release();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type GoRun = {
  readonly input: CompileInput;
  readonly scratch: string;
  readonly args: readonly string[];
  readonly onLine: (line: string) => void;
  readonly onChild: (child: ChildProcess | undefined) => void;
};

/** One go command in a process group of its own, at low priority: the console is in use meanwhile. */
async function runGo(run: GoRun): Promise<void> {
  const { input, scratch } = run;
  input.signal?.throwIfAborted();
  const child = spawn(input.go.path, run.args, {
    cwd: input.sourceDir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...input.env,
      GOTOOLCHAIN: 'local',
      CGO_ENABLED: '0',
      GOWORK: 'off',
      GOFLAGS: '-buildvcs=false',
      GOCACHE: join(scratch, 'cache'),
      GOTMPDIR: join(scratch, 'tmp'),
    },
  });
  run.onChild(child);
  const record = child.pid === undefined ? undefined : recordOf(child.pid);
  if (record !== undefined) {
    writeJson(join(scratch, 'child.json'), record);
    lowerPriority(record.pid);
  }
  const stop = (): void => void (record !== undefined && endProcess(record, 2_000));
  input.signal?.addEventListener('abort', stop, { once: true });
  const lastLines: string[] = [];
  const listen = (line: string): void => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
    run.onLine(line);
  };
  createInterface({ input: child.stdout }).on('line', listen);
  createInterface({ input: child.stderr }).on('line', listen);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  input.signal?.removeEventListener('abort', stop);
  run.onChild(undefined);
  if (input.signal?.aborted === true) {
    throw new ClusterToolError('BUILD_ABORTED', {}, 'the build was stopped');
  }
  if (code !== 0) {
    const tail = lastLines.join('\n');
    const command = `go ${run.args[0] ?? ''}`;
    throw new ClusterToolError('BUILD_FAILED', { command, tail }, `${command} failed:\n${tail}`);
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already, or the system forbids it: only comfort is lost.
  }
}

const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** If this process is told to die in mid-build, compilers and scratch folder go with it. */
function guardAgainstDeath(scratch: string): {
  watch: (child: ChildProcess | undefined) => void;
  release: () => void;
} {
  let current: ChildProcess | undefined;
  const cleanUp = (): void => {
    if (current?.pid !== undefined) {
      try {
        process.kill(-current.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  const release = (): void => {
    process.off('exit', cleanUp);
    for (const name of deadly) process.off(name, onSignal);
  };
  const onSignal = (name: NodeJS.Signals): void => {
    cleanUp();
    release();
    // Nobody else listens: die as if we had not listened either.
    if (process.listenerCount(name) === 0) process.kill(process.pid, name);
  };
  process.on('exit', cleanUp);
  for (const name of deadly) process.on(name, onSignal);
  return { watch: (child) => void (current = child), release };
}

/** What a build that was killed outright left: its compilers and its folder. */
async function sweepAbandoned(root: string): Promise<void> {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(scratchPrefix)) continue;
    const folder = join(root, name);
    if (isAlive(readRecord(join(folder, 'owner.json')))) continue;
    const child = readRecord(join(folder, 'child.json'));
    if (isAlive(child)) await endProcess(child, 2_000);
    rmSync(folder, { recursive: true, force: true });
  }
}
