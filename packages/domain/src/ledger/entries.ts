import { addAmounts, type Amount } from '@yunheng/kernel/quantity';
import type { ResourceName } from '../catalog/resources.ts';
import { capacityAccounts, capacityCommodity, quotaAccounts, quotaCommodity } from './accounts.ts';
import type { Entry } from './transfer.ts';

/** One request line as both books see it. */
export interface HeldLine {
  readonly lineId: string;
  readonly poolId: string;
  readonly departmentId: string;
  readonly resource: ResourceName;
  readonly amount: Amount;
}

/** What a system's environment owns of one resource. */
export interface AllocatedAmount {
  readonly poolId: string;
  readonly allocationId: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly resource: ResourceName;
  readonly amount: Amount;
}

/** Submission: free -> held in both books, one transfer for the whole request. */
export const holdEntries = (lines: readonly HeldLine[]): readonly Entry[] =>
  merged(
    lines.flatMap((line) => [
      ...move(line, capacityFree(line.poolId), capacityHeld(line)),
      ...moveQuota(line, quotaFree(line.departmentId), quotaHeld(line)),
    ]),
  );

/** Withdrawn, returned, rejected, expired: exactly the way back. */
export const releaseEntries = (lines: readonly HeldLine[]): readonly Entry[] =>
  reversed(holdEntries(lines));

/** The operator sends a line to another pool. Only capacity moves: the department's quota knows no pools. */
export function moveEntries(line: HeldLine, toPoolId: string): readonly Entry[] {
  if (line.poolId === toPoolId) return [];
  const there = { ...line, poolId: toPoolId };
  return merged([
    ...move(line, capacityHeld(line), capacityFree(line.poolId)),
    ...move(there, capacityFree(toPoolId), capacityHeld(there)),
  ]);
}

/** Activation: held -> allocated in both books, when the cluster shows what was approved. */
export const allocateEntries = (
  lines: readonly HeldLine[],
  owner: { readonly allocationId: string; readonly systemId: string },
): readonly Entry[] =>
  merged(
    lines.flatMap((line) => [
      ...move(
        line,
        capacityHeld(line),
        capacityAccounts.allocated(line.poolId, owner.allocationId),
      ),
      ...moveQuota(line, quotaHeld(line), quotaAccounts.system(line.departmentId, owner.systemId)),
    ]),
  );

/** Decrease that use allows, or a namespace that is gone: allocated -> free in both books (laws L6, P3). */
export const freeEntries = (amounts: readonly AllocatedAmount[]): readonly Entry[] =>
  merged(
    amounts.flatMap((one) => [
      ...move(
        one,
        capacityAccounts.allocated(one.poolId, one.allocationId),
        capacityFree(one.poolId),
      ),
      ...moveQuota(
        one,
        quotaAccounts.system(one.departmentId, one.systemId),
        quotaFree(one.departmentId),
      ),
    ]),
  );

/** The authority entitles a department; a negative amount takes back. */
export const entitlementEntries = (
  departmentId: string,
  resource: ResourceName,
  amount: Amount,
): readonly Entry[] =>
  merged(moveQuota({ resource, amount }, quotaAccounts.issued(), quotaFree(departmentId)));

export const reversed = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map((entry) => ({ ...entry, amount: -entry.amount }));

const capacityFree = capacityAccounts.free;
const quotaFree = quotaAccounts.free;
const capacityHeld = (line: HeldLine): string => capacityAccounts.held(line.poolId, line.lineId);
const quotaHeld = (line: HeldLine): string => quotaAccounts.held(line.departmentId, line.lineId);

interface InPool {
  readonly poolId: string;
  readonly resource: ResourceName;
  readonly amount: Amount;
}

const move = (one: InPool, from: string, to: string): readonly Entry[] =>
  pair({ commodity: capacityCommodity(one.poolId, one.resource), amount: one.amount }, from, to);

const moveQuota = (
  one: Pick<InPool, 'resource' | 'amount'>,
  from: string,
  to: string,
): readonly Entry[] =>
  pair({ commodity: quotaCommodity(one.resource), amount: one.amount }, from, to);

const pair = (
  what: Pick<Entry, 'commodity' | 'amount'>,
  from: string,
  to: string,
): readonly Entry[] => [
  { account: from, commodity: what.commodity, amount: -what.amount },
  { account: to, commodity: what.commodity, amount: what.amount },
];

/** One entry for each account and commodity, in order of first mention; what cancels out leaves no entry. */
export function merged(entries: readonly Entry[]): readonly Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const key = balanceKey(entry.account, entry.commodity);
    const before = sums.get(key);
    sums.set(
      key,
      before === undefined ? entry : { ...entry, amount: addAmounts(before.amount, entry.amount) },
    );
  }
  return [...sums.values()].filter((entry) => entry.amount !== 0);
}

/** The key of one balance: an account holds each commodity apart. */
export const balanceKey = (account: string, commodity: string): string => `${account} ${commodity}`;
