import { join } from 'node:path';
import type { ClusterPaths } from './paths.ts';
import type { Ports } from './ports.ts';

export type MemberName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'metrics-server';

export type Member = { readonly name: MemberName; readonly args: readonly string[] };

/** Members start phase by phase: the second wants an API server that answers. */
export type Phases = readonly (readonly Member[])[];

export const serviceRange = '10.96.0.0/16';
export const firstServiceIp = '10.96.0.1';

/** Everything listens on loopback only, etcd on a socket that nobody else can open. */
export function clusterPhases(paths: ClusterPaths, ports: Ports): Phases {
  return [
    [etcd(paths), apiserver(paths, ports)],
    [controllerManager(paths), scheduler(paths), kwok(paths, ports)],
    [metricsServer(paths, ports)],
  ];
}

function pair(paths: ClusterPaths, file: string): { cert: string; key: string } {
  return { cert: join(paths.pki, `${file}.crt`), key: join(paths.pki, `${file}.key`) };
}

function etcd(paths: ClusterPaths): Member {
  return {
    name: 'etcd',
    args: [
      `--data-dir=${paths.etcd}`,
      `--listen-client-urls=unix://${paths.etcdSocket}`,
      // Nobody dials these: etcd refuses a socket here, and port 0 is never the default port.
      '--advertise-client-urls=http://127.0.0.1:0',
      '--listen-peer-urls=http://127.0.0.1:0',
      '--log-level=warn',
      '--auto-compaction-retention=1h',
    ],
  };
}

function apiserver(paths: ClusterPaths, ports: Ports): Member {
  const serving = pair(paths, 'apiserver');
  const proxy = pair(paths, 'front-proxy-client');
  return {
    name: 'kube-apiserver',
    args: [
      `--etcd-servers=unix://${paths.etcdSocket}`,
      `--secure-port=${ports.apiserver}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${serving.cert}`,
      `--tls-private-key-file=${serving.key}`,
      `--client-ca-file=${join(paths.pki, 'ca.crt')}`,
      '--anonymous-auth=false',
      '--profiling=false',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(paths.pki, 'sa.pub')}`,
      `--service-account-signing-key-file=${join(paths.pki, 'sa.key')}`,
      // A token for one hour is a token for one hour.
      '--service-account-extend-token-expiration=false',
      '--authorization-mode=RBAC',
      `--service-cluster-ip-range=${serviceRange}`,
      `--requestheader-client-ca-file=${join(paths.pki, 'front-proxy-ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-username-headers=X-Remote-User',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${proxy.cert}`,
      `--proxy-client-key-file=${proxy.key}`,
    ],
  };
}

function identity(paths: ClusterPaths, component: string): string[] {
  const kubeconfig = paths.componentKubeconfig(component);
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
  ];
}

function controllerManager(paths: ClusterPaths): Member {
  return {
    name: 'kube-controller-manager',
    args: [
      ...identity(paths, 'controller-manager'),
      `--service-account-private-key-file=${join(paths.pki, 'sa.key')}`,
      `--root-ca-file=${join(paths.pki, 'ca.crt')}`,
      '--use-service-account-credentials=true',
      '--leader-elect=false',
      '--secure-port=0',
      '--controllers=*,-node-ipam-controller,-certificatesigningrequest-signing-controller',
      '--concurrent-namespace-syncs=20',
      '--concurrent-resource-quota-syncs=20',
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
  };
}

function scheduler(paths: ClusterPaths): Member {
  return {
    name: 'kube-scheduler',
    args: [...identity(paths, 'scheduler'), '--leader-elect=false', '--secure-port=0'],
  };
}

function kwok(paths: ClusterPaths, ports: Ports): Member {
  const serving = pair(paths, 'kwok');
  return {
    name: 'kwok',
    args: [
      `--config=${paths.kwokConfig}`,
      `--kubeconfig=${paths.componentKubeconfig('kwok')}`,
      '--manage-all-nodes=true',
      // Each scrape of a worker without pods would be six warnings.
      '--v=ERROR',
      `--server-address=127.0.0.1:${ports.kwok}`,
      `--tls-cert-file=${serving.cert}`,
      `--tls-private-key-file=${serving.key}`,
      '--cidr=10.128.0.1/9',
      '--node-ip=127.0.0.1',
      `--node-port=${ports.kwok}`,
      '--node-lease-duration-seconds=40',
    ],
  };
}

function metricsServer(paths: ClusterPaths, ports: Ports): Member {
  const serving = pair(paths, 'metrics-server');
  return {
    name: 'metrics-server',
    args: [
      ...identity(paths, 'metrics-server'),
      `--secure-port=${ports.metrics}`,
      '--bind-address=127.0.0.1',
      `--tls-cert-file=${serving.cert}`,
      `--tls-private-key-file=${serving.key}`,
      '--kubelet-insecure-tls',
      '--kubelet-use-node-status-port',
      '--kubelet-preferred-address-types=InternalIP',
      // The resolution must exceed the request timeout, or it does not start.
      '--kubelet-request-timeout=5s',
      '--metric-resolution=10s',
    ],
  };
}
