import type { Row } from '@yunheng/db/store';
import type { ResourceAmounts } from '@yunheng/domain/catalog/resources';
import type { Cluster } from '@yunheng/domain/provisioning/cluster';
import { AdapterError } from '@yunheng/kernel/errors';

/** `status.used` as the cluster says it now; a cluster that does not answer leaves a gap, never an error. */
export async function namespaceUse(
  cluster: Cluster | null,
  allocation: Pick<Row<'allocations'>, 'namespace' | 'namespaceUid'>,
): Promise<ResourceAmounts | null> {
  if (cluster === null || allocation.namespaceUid === null) return null;
  try {
    const view = await cluster.observe(allocation.namespace);
    return view?.uid === allocation.namespaceUid ? (view.quota?.used ?? null) : null;
  } catch (error) {
    if (error instanceof AdapterError) return null;
    throw error;
  }
}
