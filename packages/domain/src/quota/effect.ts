import type { Amount } from '@yunheng/kernel/quantity';
import type {
  Architecture,
  PoolClass,
  ResourceAmounts,
  ResourceName,
} from '../catalog/resources.ts';
import type { LineContent, RequestContent } from './request.ts';

/** A pool with what is free in it now. */
export interface PoolFacts {
  readonly id: string;
  readonly code: string;
  readonly cloudNodeId: string;
  readonly clusterId: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly free: ResourceAmounts;
}

/** Another request that has to be finished first; without its number where the reader may not know it. */
export interface UnderWay {
  readonly number: string | null;
}

/** The allocation that a change or release is about, with what the ledger has allocated to it. */
export interface AllocationFacts {
  readonly id: string;
  readonly poolId: string;
  readonly systemId: string;
  readonly environment: string;
  readonly active: boolean;
  /** An unfinished request that stands in the way of another one. */
  readonly underWay: UnderWay | null;
  readonly allocated: ResourceAmounts;
}

/** Lines of one node, architecture and class: they land in one pool together. */
export interface LineGroup {
  readonly cloudNodeId: string;
  readonly arch: Architecture;
  readonly poolClass: PoolClass;
  readonly lines: readonly IndexedLine[];
}

export interface IndexedLine extends LineContent {
  readonly index: number;
}

export function groupLines(lines: readonly LineContent[]): readonly LineGroup[] {
  const groups = new Map<string, { group: Omit<LineGroup, 'lines'>; lines: IndexedLine[] }>();
  lines.forEach((line, index) => {
    const key = `${line.cloudNodeId}|${line.arch}|${line.poolClass}`;
    const found = groups.get(key);
    if (found) found.lines.push({ ...line, index });
    else {
      const { cloudNodeId, arch, poolClass } = line;
      groups.set(key, { group: { cloudNodeId, arch, poolClass }, lines: [{ ...line, index }] });
    }
  });
  return [...groups.values()].map(({ group, lines: grouped }) => ({ ...group, lines: grouped }));
}

export interface LineEffect {
  readonly index: number;
  readonly resource: ResourceName;
  readonly before: Amount;
  readonly after: Amount;
  /** What submission holds: the increase, never negative. */
  readonly hold: Amount;
}

/** Before, after and hold of each line. `new` starts from zero; a release ends at zero and holds nothing. */
export function lineEffects(
  content: RequestContent,
  allocation: AllocationFacts | null,
): readonly LineEffect[] {
  return content.lines.map((line, index) => {
    const before = content.kind === 'new' ? 0 : (allocation?.allocated[line.resource] ?? 0);
    const after = content.kind === 'release' ? 0 : line.amount;
    return { index, resource: line.resource, before, after, hold: Math.max(0, after - before) };
  });
}
