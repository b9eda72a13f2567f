import type { demo as zh } from '../zh-cn/demo.ts';

export const demo = {
  queue: 'Queue: {kind} ({origin})',
  noClusters: 'No Kubernetes: approval works, approved requests wait for a cluster.',
  sourceContexts: 'Clusters: the contexts named in YUNHENG_KUBECONFIG',
  sourceKind: 'Clusters: kind',
  sourceLocal: 'Clusters: processes on this machine (no Docker engine answers)',
  open: 'Console: {url}',
  identities: 'Demo identities (also on the sign-in page):',
  preparing: 'Preparing cluster {cluster}: {step}/{total} {name}',
  clusterReady: 'Cluster {cluster} is ready, {version}',
  clusterFailed: 'Cluster {cluster} did not start: {reason}',
  stopHint: 'Ctrl-C ends it, with every process that it started.',
  fulfilled: '{number} {kind}: in effect',
  refused: '{kind}: {reason}',
  ended: '{number} {kind}: {state}',
  quotaTitle: 'Read back from the apiserver:',
  verifyOk: 'Verified: {count} laws hold',
  verifyBad: 'Verification found: {laws}',
  verifyIncomplete: 'Verification is incomplete, not read: {laws}',
  took: 'Took {seconds} s. The clusters stay; yunheng cluster down stops them.',
} satisfies Record<keyof typeof zh, string>;
