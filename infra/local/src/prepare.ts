import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { manifestText } from './base-manifests.ts';
import { writeWhole } from './files.ts';
import { writeKubeconfig, type Credentials } from './kubeconfig.ts';
import { firstServiceIp } from './members.ts';
import type { ClusterPaths } from './paths.ts';
import { serverUrl, type ClusterSpec } from './spec.ts';

const run = promisify(execFile);

/** Kubeconfig of a component → name of its key pair. */
const components = {
  'controller-manager': 'controller-manager',
  scheduler: 'scheduler',
  kwok: 'kwok-client',
  'metrics-server': 'metrics-server-client',
} as const;

/** Everything the members read: keys, kubeconfigs for this start's ports, KWOK's configuration. */
export async function prepareFolder(paths: ClusterPaths, spec: ClusterSpec): Promise<void> {
  for (const dir of [paths.dir, paths.run, paths.logs, dirname(paths.etcdSocket)]) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }
  await makePki(paths, spec.binary);
  writeWhole(paths.kwokConfig, manifestText('kwok.yaml'));
  // The socket of a killed etcd stays behind and would be in the way.
  rmSync(paths.etcdSocket, { force: true });
  for (const [component, file] of Object.entries(components)) {
    writeKubeconfig({
      path: paths.componentKubeconfig(component),
      context: `yunheng-${spec.name}`,
      user: `${component}-${spec.name}-${spec.id}`,
      credentials: clientCredentials(paths, spec, file),
    });
  }
  writeKubeconfig({
    path: paths.adminKubeconfig,
    context: `yunheng-${spec.name}`,
    user: `admin-${spec.name}-${spec.id}`,
    credentials: clientCredentials(paths, spec, 'admin'),
  });
}

export function clientCredentials(
  paths: ClusterPaths,
  spec: ClusterSpec,
  file: string,
): Credentials {
  return {
    server: serverUrl(spec),
    ca: clusterCa(paths),
    cert: readFileSync(join(paths.pki, `${file}.crt`), 'utf8'),
    key: readFileSync(join(paths.pki, `${file}.key`), 'utf8'),
  };
}

export function clusterCa(paths: ClusterPaths): string {
  return readFileSync(join(paths.pki, 'ca.crt'), 'utf8');
}

/** All keys or none: a start that was killed half way makes them anew. */
async function makePki(paths: ClusterPaths, binary: string): Promise<void> {
  if (existsSync(paths.pki)) return;
  const draft = mkdtempSync(join(paths.dir, '.pki-'));
  try {
    await run(binary, ['pki', draft, firstServiceIp], { timeout: 30_000 });
    renameSync(draft, paths.pki);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
