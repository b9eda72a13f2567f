import type { Amount } from '@yunheng/kernel/quantity';
import { resources, type Architecture, type PoolClass, type ResourceName } from './resources.ts';

export const catalogFamilies = ['iaas', 'paas'] as const;
export type CatalogFamily = (typeof catalogFamilies)[number];

/**
 * The body of one published version of a catalogue item. Immutable: a request line names the version it was made
 * under. Prices are rows of a price book that point here, so an item has none of its own.
 */
export interface ItemBody {
  readonly code: string;
  readonly family: CatalogFamily;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly resource: ResourceName;
  /** Canonical unit of the resource; `min`, `step` and `max` are in it. */
  readonly unit: (typeof resources)[ResourceName]['unit'];
  /** Null: every architecture, every class. */
  readonly arch: Architecture | null;
  readonly poolClass: PoolClass | null;
  readonly min: Amount;
  readonly step: Amount;
  readonly max: Amount;
  /** Keys of `ResourceQuota.spec.hard` that carry the amount; empty when only the ledger counts it. */
  readonly kubernetesKeys: readonly string[];
}

export interface CatalogItem extends ItemBody {
  readonly itemVersionId: string;
}

/** True when an item may be ordered in a pool of that architecture and class. */
export const isOfferedIn = (item: ItemBody, arch: Architecture, poolClass: PoolClass): boolean =>
  (item.arch === null || item.arch === arch) &&
  (item.poolClass === null || item.poolClass === poolClass);

/** What is wrong with a body before it is published; empty when it may be. */
export function checkItemBody(item: ItemBody): readonly string[] {
  const wrong: string[] = [];
  if (item.unit !== resources[item.resource].unit) wrong.push('unit');
  if (!Number.isSafeInteger(item.step) || item.step <= 0) wrong.push('step');
  if (!Number.isSafeInteger(item.min) || item.min < 0 || item.min % item.step !== 0)
    wrong.push('min');
  if (!Number.isSafeInteger(item.max) || item.max < item.min) wrong.push('max');
  return wrong;
}
