import { ApiClient } from '@yunheng/local-cluster/api';
import { readKubeconfig } from '@yunheng/local-cluster/kubeconfig';
import type { ClusterRegistry } from '../clusters/registry.ts';
import type { RequestOutcome } from './once-types.ts';

export interface QuotaSeen {
  readonly namespace: string;
  readonly cluster: string;
  readonly uid: string | null;
  readonly hard: Readonly<Record<string, string>>;
  readonly used: Readonly<Record<string, string>>;
}

/** Read back from each apiserver as `kubectl` would, past everything that the product believes. */
export async function readQuotas(
  clusters: ClusterRegistry,
  outcomes: readonly RequestOutcome[],
): Promise<QuotaSeen[]> {
  const seen: QuotaSeen[] = [];
  const wanted = new Map(
    outcomes.flatMap(({ namespace, cluster }) =>
      namespace === null || cluster === null ? [] : [[namespace, cluster] as const],
    ),
  );
  for (const [namespace, cluster] of wanted) {
    const running = clusters.entries().find((entry) => entry.name === cluster)?.running;
    if (running === undefined || running === null) continue;
    const api = new ApiClient(readKubeconfig(running.kubeconfigAdmin));
    try {
      const space = await api.call({ method: 'GET', path: `/api/v1/namespaces/${namespace}` });
      if (space.status !== 200) continue;
      const quota = await api.expect({
        method: 'GET',
        path: `/api/v1/namespaces/${namespace}/resourcequotas/yunheng`,
      });
      seen.push({
        namespace,
        cluster,
        uid: textIn(space.body, 'metadata', 'uid'),
        hard: quantities(quota, 'spec', 'hard'),
        used: quantities(quota, 'status', 'used'),
      });
    } finally {
      api.close();
    }
  }
  return seen;
}

function valueIn(object: unknown, ...path: readonly string[]): unknown {
  let value = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key]; // an object of JSON
  }
  return value;
}

function textIn(object: unknown, ...path: readonly string[]): string | null {
  const value = valueIn(object, ...path);
  return typeof value === 'string' ? value : null;
}

function quantities(object: unknown, ...path: readonly string[]): Record<string, string> {
  const value = valueIn(object, ...path);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, quantity]) => [key, String(quantity)]))
    : {};
}
