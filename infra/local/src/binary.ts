import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.ts';
import { findGo } from './go-toolchain.ts';
import { withLock } from './lock.ts';
import { defaultCacheDir, type Environment } from './paths.ts';
import { stepReporter, type OnProgress } from './progress.ts';

export const controlPlaneSource = fileURLToPath(new URL('../controlplane/', import.meta.url));

const programName = 'controlplane';
/** Called by these names it is that program: `kubectl` is there for people, the rest for ps. */
const aliases = ['kubectl', 'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

export type EnsureBinaryInput = {
  /** By default the user's cache folder, or YUNHENG_CACHE_DIR. */
  readonly cacheDir?: string;
  readonly sourceDir?: string;
  readonly env?: Environment;
  /** Where to look for Go; by default PATH and the usual folders. */
  readonly goPlaces?: readonly string[];
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
};

export type ControlPlaneBinary = {
  readonly path: string;
  readonly kubectl: string;
  /** False when the cache had it. */
  readonly built: boolean;
  readonly seconds: number;
};

/** Changes when, and only when, another program would come out. */
export function sourceKey(sourceDir: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(sourceDir).toSorted()) {
    if (!/^go\.(mod|sum)$|\.go$/.test(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(sourceDir, file)))
      .update('\0');
  }
  return hash.update(`${process.platform} ${process.arch}`).digest('hex').slice(0, 16);
}

/** Where the program is or would be; undefined when it has not been built yet. */
export function cachedBinary(input: EnsureBinaryInput = {}): string | undefined {
  const path = join(folderOf(input), programName);
  return existsSync(path) ? path : undefined;
}

function cacheRoot(input: EnsureBinaryInput): string {
  return join(input.cacheDir ?? defaultCacheDir(input.env ?? process.env), programName);
}

function folderOf(input: EnsureBinaryInput): string {
  return join(cacheRoot(input), sourceKey(input.sourceDir ?? controlPlaneSource));
}

/**
 * The control plane's program, from the cache or built once. It is built in a folder of its own
 * and moved into place whole, so a killed build leaves nothing that could be taken for a program.
 */
export async function ensureBinary(input: EnsureBinaryInput = {}): Promise<ControlPlaneBinary> {
  const began = performance.now();
  const folder = folderOf(input);
  const path = join(folder, programName);
  const answer = (built: boolean): ControlPlaneBinary => ({
    path,
    kubectl: join(folder, 'kubectl'),
    built,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  });
  if (existsSync(path)) return answer(false);

  const report = stepReporter(
    ['binary.wait', 'binary.modules', 'binary.compile', 'binary.install'],
    input.onProgress,
  );
  const lock = {
    path: `${folder}.lock`,
    deadlineMs: 60 * 60_000,
    signal: input.signal,
    onWait: () => report('binary.wait'),
  };
  return withLock(lock, async () => {
    if (existsSync(path)) return answer(false);
    await build(input, folder, report);
    return answer(true);
  });
}

type Report = ReturnType<typeof stepReporter>;

async function build(input: EnsureBinaryInput, folder: string, report: Report): Promise<void> {
  const env = input.env ?? process.env;
  const sourceDir = input.sourceDir ?? controlPlaneSource;
  const go = await findGo(readFileSync(join(sourceDir, 'go.mod'), 'utf8'), env, input.goPlaces);
  await compile({
    go,
    env,
    sourceDir,
    root: cacheRoot(input),
    outputName: programName,
    report,
    signal: input.signal,
    install: (result) => {
      for (const name of aliases) symlinkSync(programName, join(result, name));
      mkdirSync(cacheRoot(input), { recursive: true });
      renameSync(result, folder);
    },
  });
}
