import { documentsInForce } from '@yunheng/db/queries/catalog';
import type { CatalogItem, ItemBody } from '@yunheng/domain/catalog/item';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';

export type OrderableItem = Pick<
  CatalogItem,
  | 'itemVersionId'
  | 'code'
  | 'nameZh'
  | 'nameEn'
  | 'resource'
  | 'unit'
  | 'arch'
  | 'poolClass'
  | 'min'
  | 'step'
>;

/** Catalogue items in force now, in the order of the resources. */
export async function listCatalog(deps: Deps, call: Call): Outcome<OrderableItem[]> {
  const subject = { subjectKind: 'catalog', subjectId: 'catalog', tenantId: null };
  const allowed = await permit(deps, call, { action: 'catalog.list', subject });
  if (!allowed.ok) return allowed;
  const rows = await documentsInForce(deps.store, 'catalog_item', deps.clock.business());
  const items = rows.map((row): OrderableItem => {
    const body = row.body as ItemBody; // checked when it was published
    const { code, nameZh, nameEn, resource, unit, arch, poolClass, min, step } = body;
    const itemVersionId = row.id;
    return { itemVersionId, code, nameZh, nameEn, resource, unit, arch, poolClass, min, step };
  });
  const place = (item: OrderableItem): number => resourceNames.indexOf(item.resource);
  return ok(items.toSorted((left, right) => place(left) - place(right)));
}
