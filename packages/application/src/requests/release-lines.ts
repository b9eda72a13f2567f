import { documentsInForce } from '@yunheng/db/queries/catalog';
import { poolById } from '@yunheng/db/queries/estate';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import type { AllocationFacts } from '@yunheng/domain/quota/effect';
import type { LineContent } from '@yunheng/domain/quota/request';
import type { Deps } from '../deps.ts';

/** A release is written out for the reader: one line per resource that goes back, down to zero. */
export async function releaseLines(
  deps: Deps,
  allocation: AllocationFacts,
): Promise<LineContent[]> {
  const [pool, items] = await Promise.all([
    poolById(deps.store, allocation.poolId),
    documentsInForce(deps.store, 'catalog_item', deps.clock.business()),
  ]);
  if (pool === null) return [];
  const { arch, poolClass, cloudNodeId } = pool;
  return resourceNames
    .filter((resource) => (allocation.allocated[resource] ?? 0) > 0)
    .flatMap((resource) => {
      const item = items.find((row) => {
        const body = row.body as ItemBody; // published by the product itself from a checked document
        return body.resource === resource && (body.arch === null || body.arch === arch);
      });
      return item === undefined
        ? []
        : [{ itemVersionId: item.id, resource, cloudNodeId, arch, poolClass, amount: 0 }];
    });
}
