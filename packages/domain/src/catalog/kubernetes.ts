import type { ErrorCode } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { printQuantity, readQuantity, type ReadQuantity, type Rounding } from './quantity-text.ts';
import { resourceNames, resources, type ResourceAmounts, type ResourceName } from './resources.ts';

/**
 * Where each resource lives in `ResourceQuota.spec.hard`. All keys of a resource carry the same amount, so that
 * `requests.cpu` and `limits.cpu` can never be told apart (features trap m). A database is counted by the ledger alone.
 */
export const quotaKeys = {
  cpu: ['requests.cpu', 'limits.cpu'],
  memory: ['requests.memory', 'limits.memory'],
  storage: ['requests.storage'],
  gpu: ['requests.nvidia.com/gpu'],
  npu: ['requests.huawei.com/Ascend910'],
  database: [],
} as const satisfies Record<ResourceName, readonly string[]>;

/** Where each resource lives in a worker node's `status.allocatable`. Storage and databases come from annotations. */
export const allocatableKeys = {
  cpu: 'cpu',
  memory: 'memory',
  gpu: 'nvidia.com/gpu',
  npu: 'huawei.com/Ascend910',
} as const satisfies Partial<Record<ResourceName, string>>;

export type QuotaHard = Readonly<Record<string, string>>;

/**
 * What the namespace may use, as the cluster shall show it (law P2). Every key is always written: a resource that is
 * not promised is `0`, because a quota without the key would allow any amount of it.
 */
export function toQuotaHard(amounts: ResourceAmounts): QuotaHard {
  const hard: Record<string, string> = {};
  for (const resource of resourceNames) {
    for (const key of quotaKeys[resource])
      hard[key] = printQuantity(amounts[resource] ?? 0, resources[resource].unit);
  }
  return hard;
}

export interface AmountsRead {
  readonly amounts: ResourceAmounts;
  /** Texts that were rounded, by key. */
  readonly rounded: Readonly<Record<string, string>>;
}

/** `spec.hard`, `status.hard` or `status.used` as amounts; where several keys carry a resource the largest counts. */
export function fromQuota(hard: QuotaHard): Result<AmountsRead, ErrorCode> {
  const amounts: Partial<Record<ResourceName, number>> = {};
  const rounded: Record<string, string> = {};
  for (const resource of resourceNames) {
    for (const key of quotaKeys[resource]) {
      const text = hard[key];
      if (text === undefined) continue;
      const read = readQuantity(text, resources[resource].unit, 'up');
      if (!read.ok) return read;
      amounts[resource] = Math.max(amounts[resource] ?? 0, read.value.amount);
      if (read.value.text !== null) rounded[key] = read.value.text;
    }
  }
  return ok({ amounts, rounded });
}

/** One value of a resource; for allocatable round down, for use up. */
export const readResource = (
  resource: ResourceName,
  text: string,
  rounding: Rounding,
): Result<ReadQuantity, ErrorCode> => readQuantity(text, resources[resource].unit, rounding);

/** True when the cluster's `hard` says the same amounts, whatever the spelling (`64000m` and `64`). */
export function sameHard(left: QuotaHard, right: QuotaHard): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every(
    (key) => left[key] === right[key] || sameAmount(key, left[key], right[key]),
  );
}

function sameAmount(key: string, left: string | undefined, right: string | undefined): boolean {
  const resource = resourceNames.find((name) =>
    quotaKeys[name].some((candidate) => candidate === key),
  );
  if (resource === undefined || left === undefined || right === undefined) return false;
  const one = readResource(resource, left, 'up');
  const other = readResource(resource, right, 'up');
  return (
    one.ok &&
    other.ok &&
    one.value.text === other.value.text &&
    one.value.amount === other.value.amount
  );
}

/** Sum of what several workers report, rounded down once a worker so that supply never exceeds the hardware. */
export function sumAllocatable(
  workers: readonly Readonly<Record<string, string>>[],
): Result<ResourceAmounts, ErrorCode> {
  const sums: Partial<Record<ResourceName, number>> = {};
  for (const worker of workers) {
    for (const [resource, key] of Object.entries(allocatableKeys) as [
      keyof typeof allocatableKeys,
      string,
    ][]) {
      // closed object
      const text = worker[key];
      if (text === undefined) continue;
      const read = readResource(resource, text, 'down');
      if (!read.ok) return err(read.error);
      sums[resource] = (sums[resource] ?? 0) + read.value.amount;
    }
  }
  return ok(sums);
}
