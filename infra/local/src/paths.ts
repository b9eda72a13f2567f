import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClusterToolError } from './errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Built programs are kept per user, outside any checkout: YUNHENG_CACHE_DIR says where else. */
export function defaultCacheDir(env: Environment): string {
  const own = env['YUNHENG_CACHE_DIR'];
  if (own !== undefined && own !== '') return own;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'yunheng');
  const xdg = env['XDG_CACHE_HOME'];
  const base = xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg;
  return join(base, 'yunheng');
}

export type ClusterPaths = {
  readonly dir: string;
  readonly spec: string;
  readonly pki: string;
  readonly etcd: string;
  readonly etcdSocket: string;
  readonly kwokConfig: string;
  readonly logs: string;
  /** One record per running member, and the supervisor's own. */
  readonly run: string;
  readonly supervisor: string;
  /** Who wants the cluster up: the supervisor ends it when nobody does. */
  readonly leases: string;
  readonly lock: string;
  readonly adminKubeconfig: string;
  readonly componentKubeconfig: (component: string) => string;
  readonly provisionerKubeconfig: string;
};

/** A socket path has a length limit of about a hundred bytes; a state folder may be deeper. */
function socketPath(dir: string): string {
  const near = join(dir, 'etcd.sock');
  if (Buffer.byteLength(near) <= 100) return near;
  const digest = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  return join(tmpdir(), `yunheng-${digest}`, 'etcd.sock');
}

export function clusterPaths(stateDir: string, name: string): ClusterPaths {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new ClusterToolError(
      'CLUSTER_NAME_INVALID',
      { name },
      `"${name}" is no cluster name: lower-case letters, digits and hyphens, at most 31`,
    );
  }
  const dir = join(resolve(stateDir), name);
  const run = join(dir, 'run');
  return {
    dir,
    spec: join(dir, 'spec.json'),
    pki: join(dir, 'pki'),
    etcd: join(dir, 'etcd'),
    etcdSocket: socketPath(dir),
    kwokConfig: join(dir, 'kwok.yaml'),
    logs: join(dir, 'logs'),
    run,
    supervisor: join(run, 'supervisor.json'),
    leases: join(dir, 'leases'),
    lock: join(dir, 'start.lock'),
    adminKubeconfig: join(dir, 'admin.kubeconfig'),
    componentKubeconfig: (component) => join(dir, `${component}.kubeconfig`),
    provisionerKubeconfig: join(dir, 'provisioner.kubeconfig'),
  };
}
