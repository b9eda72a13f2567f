import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningCluster } from '@yunheng/local-cluster/cluster';
import { stepReporter, type OnProgress } from '@yunheng/local-cluster/progress';
import { writeWhole } from '@yunheng/local-cluster/files';
import type { WorkerNode } from '@yunheng/local-cluster/workers';
import { runProgram } from './program.ts';

/** What is done to a cluster once it answers: base objects, workers, the product's identity. */
export type Furnish = (cluster: {
  readonly name: string;
  readonly kubeconfig: string;
  readonly context: string;
  readonly stateDir: string;
  readonly workerNodes: readonly WorkerNode[];
}) => Promise<RunningCluster>;

export type KindInput = {
  readonly name: string;
  readonly stateDir: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

export type StartKindInput = KindInput & {
  readonly workerNodes: readonly WorkerNode[];
  readonly furnish: Furnish;
  readonly onProgress?: OnProgress;
  readonly createDeadlineMs?: number;
};

const shortMs = 30_000;
/** The first start fetches an image of several hundred megabytes. */
const createMs = 15 * 60_000;
const deleteMs = 2 * 60_000;
const configFile = fileURLToPath(new URL('../cluster.yaml', import.meta.url));

function kindName(name: string): string {
  return `yunheng-${name}`;
}

function kind(input: KindInput, args: readonly string[], deadlineMs: number): Promise<string> {
  const env = input.env ?? process.env;
  return runProgram({ program: 'kind', args, env, deadlineMs, signal: input.signal });
}

/** Present while kind creates: found at a start, it says that the creation was cut short. */
function markerOf(input: KindInput): string {
  return join(input.stateDir, `${input.name}.creating`);
}

function kubeconfigOf(input: KindInput): string {
  return join(input.stateDir, `${input.name}.admin.kubeconfig`);
}

export async function kindClusterExists(input: KindInput): Promise<boolean> {
  const names = await kind(input, ['get', 'clusters'], shortMs);
  return names.split('\n').some((line) => line.trim() === kindName(input.name));
}

/** Creates the cluster, or finds it; a half-made one is deleted and made anew. */
export async function startKindCluster(input: StartKindInput): Promise<RunningCluster> {
  mkdirSync(input.stateDir, { recursive: true, mode: 0o700 });
  const report = stepReporter(
    ['cluster.prepare', 'kind.create', 'cluster.base', 'cluster.ready'],
    input.onProgress,
    input.name,
  );
  report('cluster.prepare');
  let exists = await kindClusterExists(input);
  if (exists && existsSync(markerOf(input))) {
    await stopKindCluster(input);
    exists = false;
  }
  if (exists) await fetchKubeconfig(input);
  else {
    report('kind.create');
    await create(input);
  }
  report('cluster.base');
  const running = await input.furnish({
    name: input.name,
    kubeconfig: kubeconfigOf(input),
    context: `kind-${kindName(input.name)}`,
    stateDir: input.stateDir,
    workerNodes: input.workerNodes,
  });
  report('cluster.ready');
  return { ...running, reused: exists };
}

async function create(input: StartKindInput): Promise<void> {
  writeFileSync(markerOf(input), '');
  const name = ['--name', kindName(input.name)];
  const files = ['--config', configFile, '--kubeconfig', kubeconfigOf(input)];
  try {
    const args = ['create', 'cluster', ...name, ...files, '--wait', '180s'];
    await kind(input, args, input.createDeadlineMs ?? createMs);
  } catch (error) {
    // What is half made would be taken for a cluster by the next start.
    await stopKindCluster({
      name: input.name,
      stateDir: input.stateDir,
      env: input.env ?? process.env,
    });
    throw error;
  }
  rmSync(markerOf(input), { force: true });
}

/** kind chooses the port anew when its container is started again: ask every time. */
async function fetchKubeconfig(input: KindInput): Promise<void> {
  const args = ['get', 'kubeconfig', '--name', kindName(input.name)];
  writeWhole(kubeconfigOf(input), await kind(input, args, shortMs));
}

/** Deletes the cluster: kind knows no stop. True when there was one. */
export async function stopKindCluster(input: KindInput): Promise<boolean> {
  const existed = await kindClusterExists(input);
  if (existed) await kind(input, ['delete', 'cluster', '--name', kindName(input.name)], deleteMs);
  for (const path of [markerOf(input), kubeconfigOf(input)]) rmSync(path, { force: true });
  return existed;
}
