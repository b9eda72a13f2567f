import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findGo } from '@yunheng/local-cluster/go-toolchain';
import { defaultCacheDir } from '@yunheng/local-cluster/paths';
import type { Sample } from '../measure/rounds.ts';
import type { PlannedNamespace } from './plan.ts';

const run = promisify(execFile);
const source = fileURLToPath(new URL('../../go/', import.meta.url));

/** Built once; the key is what it is built from. */
export async function ensureApplier(): Promise<string> {
  const files = ['go.mod', 'go.sum', 'main.go'].map((name) => readFileSync(join(source, name)));
  const digest = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 16);
  const folder = join(defaultCacheDir(process.env), 'bench');
  const program = join(folder, `applier-${digest}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const go = await findGo(readFileSync(join(source, 'go.mod'), 'utf8'), process.env);
  const half = `${program}.${process.pid}`;
  await run(go.path, ['build', '-trimpath', '-o', half, '.'], {
    cwd: source,
    env: { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' },
  });
  renameSync(half, program);
  return program;
}

/** client-go without a limit, 16 workers: how fast this API server takes the same objects from the best client there is. */
export async function applyWithGo(of: {
  readonly program: string;
  readonly kubeconfig: string;
  readonly folder: string;
  readonly namespaces: readonly PlannedNamespace[];
}): Promise<Sample> {
  const plan = join(of.folder, 'plan.json');
  writeFileSync(plan, JSON.stringify(of.namespaces));
  const { stdout } = await run(of.program, [of.kubeconfig, plan]);
  const { seconds } = JSON.parse(stdout) as { seconds: number }; // written by go/main.go
  return { rate: of.namespaces.length / seconds, cpuMsPerOperation: null };
}
