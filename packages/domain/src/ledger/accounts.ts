import type { ResourceName } from '../catalog/resources.ts';

/**
 * The books are capacity (what a pool physically has) and quota (what a unit is entitled to).
 * Accounts are paths, commodities one resource of one pool or one resource of quota (design 7, Ledger).
 */
export const capacityAccounts = {
  supply: (poolId: string) => `capacity/${poolId}/supply`,
  free: (poolId: string) => `capacity/${poolId}/free`,
  held: (poolId: string, lineId: string) => `capacity/${poolId}/held/${lineId}`,
  allocated: (poolId: string, allocationId: string) =>
    `capacity/${poolId}/allocated/${allocationId}`,
};

export const quotaAccounts = {
  issued: () => 'quota/issued',
  free: (departmentId: string) => `quota/${departmentId}/free`,
  held: (departmentId: string, lineId: string) => `quota/${departmentId}/held/${lineId}`,
  system: (departmentId: string, systemId: string) => `quota/${departmentId}/system/${systemId}`,
};

export const capacityCommodity = (poolId: string, resource: ResourceName): string =>
  `${poolId}:${resource}`;
export const quotaCommodity = (resource: ResourceName): string => `quota:${resource}`;

export type Book = 'capacity' | 'quota';
export type Stage = 'supply' | 'free' | 'held' | 'allocated' | 'issued' | 'system';

export interface ParsedAccount {
  readonly book: Book;
  /** Pool of a capacity account, department of a quota account, empty for `quota/issued`. */
  readonly scope: string;
  readonly stage: Stage;
  /** Line, allocation or system that the account is for; empty for supply, free and issued. */
  readonly owner: string;
}

const stages: readonly string[] = ['supply', 'free', 'held', 'allocated', 'system'];

export function parseAccount(path: string): ParsedAccount | null {
  if (path === 'quota/issued') return { book: 'quota', scope: '', stage: 'issued', owner: '' };
  const [book, scope, stage, owner = ''] = path.split('/');
  if (book !== 'capacity' && book !== 'quota') return null;
  if (scope === undefined || stage === undefined || !stages.includes(stage)) return null;
  return { book, scope, stage: stage as Stage, owner }; // narrowed by the list above
}
