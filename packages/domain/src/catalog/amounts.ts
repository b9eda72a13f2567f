import { addAmounts } from '@yunheng/kernel/quantity';
import { resourceNames, type ResourceAmounts, type ResourceName } from './resources.ts';

/** Adds resource by resource; a resource that neither names stays absent. */
export const plusAmounts = (left: ResourceAmounts, right: ResourceAmounts): ResourceAmounts =>
  eachResource(left, right, (one, other) => addAmounts(one, other));

/** Subtracts resource by resource; the result may be negative where more is taken than there is. */
export const minusAmounts = (left: ResourceAmounts, right: ResourceAmounts): ResourceAmounts =>
  eachResource(left, right, (one, other) => addAmounts(one, -other));

/** Same amounts, where absent and zero mean the same. */
export const equalAmounts = (left: ResourceAmounts, right: ResourceAmounts): boolean =>
  resourceNames.every((resource) => (left[resource] ?? 0) === (right[resource] ?? 0));

/** True when no resource of `left` exceeds that of `right`. */
export const coveredBy = (left: ResourceAmounts, right: ResourceAmounts): boolean =>
  resourceNames.every((resource) => (left[resource] ?? 0) <= (right[resource] ?? 0));

function eachResource(
  left: ResourceAmounts,
  right: ResourceAmounts,
  combine: (one: number, other: number) => number,
): ResourceAmounts {
  const result: Partial<Record<ResourceName, number>> = {};
  for (const resource of resourceNames) {
    if (left[resource] === undefined && right[resource] === undefined) continue;
    result[resource] = combine(left[resource] ?? 0, right[resource] ?? 0);
  }
  return result;
}
