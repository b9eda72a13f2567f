import type { Amount } from '@yunheng/kernel/quantity';
import type { ResourceName } from '../catalog/resources.ts';
import { capacityAccounts, capacityCommodity, quotaAccounts, quotaCommodity } from './accounts.ts';
import type { Entry } from './transfer.ts';

/** One line's amount and where it stands, in both books at once. */
export interface BookLine {
  readonly lineId: string;
  readonly poolId: string;
  readonly departmentId: string;
  readonly resource: ResourceName;
  readonly amount: Amount;
}

/** Submission: free -> held, capacity and quota. Lines that hold nothing make no entries. */
export const holdEntries = (lines: readonly BookLine[]): Entry[] =>
  lines.flatMap((line) => [
    ...move(line, capacityOf(line), [
      capacityAccounts.free(line.poolId),
      capacityAccounts.held(line.poolId, line.lineId),
    ]),
    ...move(line, quotaCommodity(line.resource), [
      quotaAccounts.free(line.departmentId),
      quotaAccounts.held(line.departmentId, line.lineId),
    ]),
  ]);

/** Withdrawn, returned, rejected or expired: held -> free, in both books. */
export const releaseEntries = (lines: readonly BookLine[]): Entry[] =>
  holdEntries(lines).map(reversed);

/** The operator moves a line to another pool: back in one, held in the other; the quota book does not notice. */
export const moveEntries = (line: BookLine, toPoolId: string): Entry[] =>
  line.poolId === toPoolId
    ? []
    : [
        ...move(line, capacityOf(line), [
          capacityAccounts.held(line.poolId, line.lineId),
          capacityAccounts.free(line.poolId),
        ]),
        ...move(line, capacityCommodity(toPoolId, line.resource), [
          capacityAccounts.free(toPoolId),
          capacityAccounts.held(toPoolId, line.lineId),
        ]),
      ];

/** Activation: held -> allocated, and the department's hold -> the system's. */
export const allocateEntries = (
  lines: readonly BookLine[],
  to: { allocationId: string; systemId: string },
): Entry[] =>
  lines.flatMap((line) => [
    ...move(line, capacityOf(line), [
      capacityAccounts.held(line.poolId, line.lineId),
      capacityAccounts.allocated(line.poolId, to.allocationId),
    ]),
    ...move(line, quotaCommodity(line.resource), [
      quotaAccounts.held(line.departmentId, line.lineId),
      quotaAccounts.system(line.departmentId, to.systemId),
    ]),
  ]);

/** What an allocation gives back when the cluster has confirmed it: allocated -> free, system -> free. */
export const freeEntries = (
  amounts: readonly { readonly resource: ResourceName; readonly amount: Amount }[],
  from: { poolId: string; allocationId: string; departmentId: string; systemId: string },
): Entry[] =>
  amounts.flatMap(({ resource, amount }) => [
    ...move({ amount }, capacityCommodity(from.poolId, resource), [
      capacityAccounts.allocated(from.poolId, from.allocationId),
      capacityAccounts.free(from.poolId),
    ]),
    ...move({ amount }, quotaCommodity(resource), [
      quotaAccounts.system(from.departmentId, from.systemId),
      quotaAccounts.free(from.departmentId),
    ]),
  ]);

const capacityOf = (line: BookLine): string => capacityCommodity(line.poolId, line.resource);

const reversed = (entry: Entry): Entry => ({ ...entry, amount: -entry.amount });

function move(
  line: { readonly amount: Amount },
  commodity: string,
  [from, to]: readonly [string, string],
): Entry[] {
  if (line.amount === 0) return [];
  return [
    { account: from, commodity, amount: -line.amount },
    { account: to, commodity, amount: line.amount },
  ];
}

/** The authority entitles a department; a negative amount takes back what it may. */
export const entitlementEntries = (
  departmentId: string,
  resource: ResourceName,
  amount: Amount,
): Entry[] =>
  move({ amount }, quotaCommodity(resource), [
    quotaAccounts.issued(),
    quotaAccounts.free(departmentId),
  ]);
