import { readFileSync } from 'node:fs';
import { adoptCluster } from '@yunheng/local-cluster/adopt';
import { ApiClient } from '@yunheng/local-cluster/api';
import { manifestText, parseManifests } from '@yunheng/local-cluster/base-manifests';
import { readKubeconfig } from '@yunheng/local-cluster/kubeconfig';
import { applyObject, type KubeObject } from '@yunheng/local-cluster/objects';
import type { Furnish } from './cluster.ts';

/** KWOK into the cluster, then what every cluster gets. */
export const furnishKind: Furnish = async (cluster) => {
  const api = new ApiClient(readKubeconfig(cluster.kubeconfig, cluster.context));
  try {
    for (const object of kwokObjects()) await applyObject(api, object);
  } finally {
    api.close();
  }
  return adoptCluster(cluster);
};

export function kwokObjects(): readonly KubeObject[] {
  const text = readFileSync(new URL('../manifests/kwok.yaml', import.meta.url), 'utf8');
  return parseManifests(text, 'kwok.yaml').map((object) =>
    object.kind === 'ConfigMap'
      ? { ...object, data: { 'kwok.yaml': manifestText('kwok.yaml') } }
      : object,
  );
}
