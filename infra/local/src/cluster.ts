import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './api.ts';
import { applyBase, readManifests, systemNamespace } from './base-manifests.ts';
import { ClusterToolError } from './errors.ts';
import { isJsonObject, readJson } from './files.ts';
import { takeLease } from './leases.ts';
import { withLock } from './lock.ts';
import { tailOf } from './logs.ts';
import { applyObject, type KubeObject } from './objects.ts';
import { clusterPaths, type ClusterPaths } from './paths.ts';
import { clientCredentials, clusterCa, prepareFolder } from './prepare.ts';
import { isAlive, readRecord } from './processes.ts';
import { stepReporter, type OnProgress } from './progress.ts';
import { issueProvisionerKubeconfig } from './provisioner.ts';
import { readSpec, renewSpec, serverUrl, type ClusterSpec } from './spec.ts';
import { endMembers } from './stop.ts';
import { openLog } from './supervise.ts';
import { applyWorkers, waitForWorkers, type WorkerNode } from './workers.ts';

export type StartClusterInput = {
  readonly name: string;
  /** Each cluster has a folder of its name in here. */
  readonly stateDir: string;
  /** From `ensureBinary`. */
  readonly binary: string;
  /** The cluster's workers are made equal to this list; left as they are when absent. */
  readonly workerNodes?: readonly WorkerNode[];
  /** True: the cluster ends when this process has ended, however it ends. */
  readonly attached?: boolean;
  readonly onProgress?: OnProgress;
  /** Called as soon as the API server answers, before workers and policies are applied. */
  readonly onApiserver?: () => void;
  readonly signal?: AbortSignal;
};

export type RunningCluster = {
  readonly name: string;
  readonly server: string;
  readonly kubeconfigAdmin: string;
  readonly kubeconfigProvisioner: string;
  /** Such as v1.37.2. */
  readonly version: string;
  /** True when it was up already. */
  readonly reused: boolean;
};

const apiserverDeadlineMs = 120_000;
const workersDeadlineMs = 90_000;

/** Starts a cluster, or finds it running; either way it is ready for the product afterwards. */
export async function startCluster(input: StartClusterInput): Promise<RunningCluster> {
  const paths = clusterPaths(input.stateDir, input.name);
  const report = stepReporter(
    ['cluster.prepare', 'cluster.apiserver', 'cluster.base', 'cluster.workers', 'cluster.ready'],
    input.onProgress,
    input.name,
  );
  const lock = { path: paths.lock, deadlineMs: 5 * 60_000, signal: input.signal };
  return withLock(lock, async () => {
    report('cluster.prepare');
    takeLease(paths.leases, input.attached === true ? 'process' : 'permanent');
    const reused = isServing(paths, input.binary);
    if (!reused) await launch(paths, input);
    const spec = readSpec(paths);
    if (spec === undefined) throw startFailed('supervisor', 'its description was not written');

    report('cluster.apiserver');
    const api = new ApiClient(clientCredentials(paths, spec, 'admin'));
    try {
      await waitForApiserver(api, paths, input.signal);
      input.onApiserver?.();
      report('cluster.base');
      const version = await furnish(api, paths, spec);
      report('cluster.workers');
      if (input.workerNodes !== undefined) await applyWorkers(api, input.workerNodes);
      await waitForWorkers(api, workersDeadlineMs);
      await waitForAccounts(api);
      const kubeconfigProvisioner = await issue(paths, input.name);
      report('cluster.ready');
      return {
        name: input.name,
        server: serverUrl(spec),
        kubeconfigAdmin: paths.adminKubeconfig,
        kubeconfigProvisioner,
        version,
        reused,
      };
    } finally {
      api.close();
    }
  });
}

function startFailed(member: string, tail: string): ClusterToolError {
  return new ClusterToolError(
    'CLUSTER_START_FAILED',
    { member, tail },
    `${member} did not start:\n${tail}`,
  );
}

function isServing(paths: ClusterPaths, binary: string): boolean {
  if (!isAlive(readRecord(paths.supervisor)) || readJson(paths.supervisor)?.['ending'] === true) {
    return false;
  }
  return readSpec(paths)?.binary === binary;
}

async function launch(paths: ClusterPaths, input: StartClusterInput): Promise<void> {
  await endMembers(paths);
  const spec = await renewSpec(paths, input);
  await prepareFolder(paths, spec);
  const log = openLog(paths.logs, 'supervisor');
  const program = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dirname(paths.dir), input.name], {
    cwd: paths.dir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.once('error', () => undefined);
  child.unref();
  const end = Date.now() + 20_000;
  while (!isAlive(readRecord(paths.supervisor))) {
    if (child.exitCode !== null || Date.now() > end) {
      throw startFailed('supervisor', tailOf(paths.logs, 'supervisor', 20));
    }
    await sleep(20);
  }
}

async function waitForApiserver(
  api: ApiClient,
  paths: ClusterPaths,
  signal: AbortSignal | undefined,
): Promise<void> {
  const end = Date.now() + apiserverDeadlineMs;
  for (;;) {
    if (signal?.aborted === true) {
      throw new ClusterToolError('CLUSTER_START_ABORTED', {}, 'the start was stopped');
    }
    try {
      const { status } = await api.call({ method: 'GET', path: '/readyz', deadlineMs: 3_000 });
      if (status === 200) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > end || !isAlive(readRecord(paths.supervisor))) {
      throw startFailed('kube-apiserver', tailOf(paths.logs, 'kube-apiserver', 20));
    }
    await sleep(100);
  }
}

/** Base objects, the way to usage figures, a storage class: all by the administrator. */
async function furnish(api: ApiClient, paths: ClusterPaths, spec: ClusterSpec): Promise<string> {
  const { version } = await applyBase(api);
  for (const object of readManifests('storage.yaml')) await applyObject(api, object);
  for (const object of readManifests('metrics.yaml')) {
    await applyObject(api, object.kind === 'APIService' ? withEndpoint(object) : object);
  }
  return version;

  function withEndpoint(object: KubeObject): KubeObject {
    const fields = isJsonObject(object['spec']) ? object['spec'] : {};
    const service = isJsonObject(fields['service']) ? fields['service'] : {};
    const caBundle = Buffer.from(clusterCa(paths)).toString('base64');
    return {
      ...object,
      spec: { ...fields, caBundle, service: { ...service, port: spec.ports.metrics } },
    };
  }
}

async function waitForAccounts(api: ApiClient): Promise<void> {
  const path = `/api/v1/namespaces/${systemNamespace}/serviceaccounts/default`;
  const end = Date.now() + 30_000;
  while ((await api.call({ method: 'GET', path })).status !== 200) {
    if (Date.now() > end) throw startFailed('kube-controller-manager', 'no default ServiceAccount');
    await sleep(100);
  }
}

async function issue(paths: ClusterPaths, name: string): Promise<string> {
  const { path } = await issueProvisionerKubeconfig({
    name,
    kubeconfigAdmin: paths.adminKubeconfig,
    path: paths.provisionerKubeconfig,
  });
  return path;
}
