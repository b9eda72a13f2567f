import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ClusterToolError } from './errors.ts';
import type { Environment } from './paths.ts';

const run = promisify(execFile);

export type GoToolchain = { readonly path: string; readonly version: string };

/** Where installers put Go without putting it on PATH. */
const usualPlaces = ['go', '/usr/local/go/bin/go', '/usr/lib/go/bin/go'];

export function parseGoVersion(text: string): readonly [number, number, number] | undefined {
  const match = /\bgo(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

function isAtLeast(found: readonly number[], needed: readonly number[]): boolean {
  for (const [index, want] of needed.entries()) {
    const have = found[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** The Go that go.mod asks for; `GOTOOLCHAIN=local`, so nothing is fetched behind anyone's back. */
export async function findGo(
  goMod: string,
  env: Environment,
  places: readonly string[] = usualPlaces,
): Promise<GoToolchain> {
  const needed = /^go (\S+)$/m.exec(goMod)?.[1] ?? '1.26';
  let tooOld: string | undefined;
  for (const path of places) {
    const version = await versionOf(path, env);
    if (version === undefined) continue;
    const found = parseGoVersion(version);
    if (found !== undefined && isAtLeast(found, parseGoVersion(`go${needed}`) ?? [1, 26, 0])) {
      return { path, version };
    }
    tooOld ??= version;
  }
  if (tooOld !== undefined) {
    throw new ClusterToolError(
      'GO_TOO_OLD',
      { found: tooOld, needed },
      `building the control plane needs Go ${needed} or newer, found ${tooOld}: install a newer Go and start again`,
    );
  }
  throw new ClusterToolError(
    'GO_MISSING',
    { needed },
    `building the control plane needs Go ${needed} or newer, and no go program was found: install Go ` +
      'and put it on PATH, or use kind (with Docker), or name clusters in YUNHENG_KUBECONFIG',
  );
}

async function versionOf(path: string, env: Environment): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['env', 'GOVERSION'], {
      env: { ...env, GOTOOLCHAIN: 'local' },
      timeout: 10_000,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
