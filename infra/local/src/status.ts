import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ApiClient } from './api.ts';
import { serverVersion } from './base-manifests.ts';
import { listAt, readJson } from './files.ts';
import { clusterPaths, type ClusterPaths } from './paths.ts';
import { clientCredentials } from './prepare.ts';
import { isAlive, readRecord, residentMiB } from './processes.ts';
import { readSpec, serverUrl, type ClusterSpec } from './spec.ts';

export type MemberStatus = {
  readonly name: string;
  readonly pid: number;
  readonly alive: boolean;
  readonly restarts: number;
  readonly residentMiB?: number;
};

export type ClusterStatus = {
  readonly name: string;
  /** `starting`: processes are there and the API server does not answer yet. */
  readonly state: 'absent' | 'stopped' | 'starting' | 'running';
  readonly server?: string;
  readonly version?: string;
  readonly workerNodes?: number;
  readonly kubeconfigAdmin?: string;
  readonly kubeconfigProvisioner?: string;
  readonly members: readonly MemberStatus[];
};

export async function clusterStatus(stateDir: string, name: string): Promise<ClusterStatus> {
  const paths = clusterPaths(stateDir, name);
  const spec = readSpec(paths);
  if (spec === undefined) return { name, state: 'absent', members: [] };
  const members = readMembers(paths);
  const known = {
    name,
    server: serverUrl(spec),
    kubeconfigAdmin: paths.adminKubeconfig,
    kubeconfigProvisioner: paths.provisionerKubeconfig,
    members,
  };
  if (!isAlive(readRecord(paths.supervisor))) return { ...known, state: 'stopped' };
  const answer = await ask(paths, spec);
  return answer === undefined
    ? { ...known, state: 'starting' }
    : { ...known, state: 'running', ...answer };
}

async function ask(
  paths: ClusterPaths,
  spec: ClusterSpec,
): Promise<{ version: string; workerNodes: number } | undefined> {
  const api = new ApiClient(clientCredentials(paths, spec, 'admin'));
  try {
    const { version } = await serverVersion(api);
    const nodes = await api.expect({ method: 'GET', path: '/api/v1/nodes', deadlineMs: 5_000 });
    return { version, workerNodes: listAt(nodes, 'items').length };
  } catch {
    return undefined;
  } finally {
    api.close();
  }
}

function readMembers(paths: ClusterPaths): readonly MemberStatus[] {
  if (!existsSync(paths.run)) return [];
  return readdirSync(paths.run)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const path = join(paths.run, file);
      const record = readRecord(path);
      if (record === undefined) return [];
      const alive = isAlive(record);
      const memory = alive ? residentMiB(record.pid) : undefined;
      const restarts = readJson(path)?.['restarts'];
      return [
        {
          name: basename(file, '.json'),
          pid: record.pid,
          alive,
          restarts: typeof restarts === 'number' ? restarts : 0,
          ...(memory === undefined ? {} : { residentMiB: memory }),
        },
      ];
    });
}
