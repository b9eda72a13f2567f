import type { ErrorCode, ErrorParams, Issue } from '@yunheng/kernel/errors';
import { checkAmount } from '@yunheng/kernel/quantity';
import type { Architecture, PoolClass, ResourceName } from '../catalog/resources.ts';
import { groupLines, type AllocationFacts, type LineGroup, type PoolFacts } from './effect.ts';
import { known, occupantProblem, type Occupant } from './occupant.ts';
import type { LineContent, RequestContent, RequestKind } from './request.ts';

/** What a catalogue item version says about the lines that may name it. */
export interface ItemFacts {
  readonly itemVersionId: string;
  readonly resource: ResourceName;
  /** Null where any architecture or class will do. */
  readonly arch: Architecture | null;
  readonly poolClass: PoolClass | null;
  readonly min: number;
  readonly step: number;
  /** Absent: only the safe range limits it. */
  readonly max?: number;
}

export interface ContentFacts {
  readonly items: ReadonlyMap<string, ItemFacts>;
  readonly pools: readonly PoolFacts[];
  readonly allocation: AllocationFacts | null;
  /** Pools, by id, where this environment already stands or is asked for: `new` is refused there. */
  readonly occupants: ReadonlyMap<string, Occupant>;
}

export const maxLines = 20;

/** Every problem of a content at once, in the order of the form. Empty means that it may be submitted. */
export function checkContent(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  const allocation = ownAllocation(content, facts.allocation);
  return [
    ...checkTarget(content, allocation),
    ...checkReason(content),
    ...checkLines(content, { ...facts, allocation }),
  ];
}

/** A foreign allocation is judged like one that does not exist: neither its place nor its amounts show. */
const ownAllocation = (
  content: RequestContent,
  allocation: AllocationFacts | null,
): AllocationFacts | null =>
  allocation !== null &&
  allocation.id === content.allocationId &&
  allocation.systemId === content.systemId &&
  allocation.environment === content.environment
    ? allocation
    : null;

function checkTarget(
  content: RequestContent,
  allocation: AllocationFacts | null,
): readonly Issue[] {
  if (content.kind === 'new')
    return content.allocationId === null ? [] : [notAsked('allocationId', content.kind)];
  if (content.allocationId === null) return [issue('allocationId', 'request.no_allocation')];
  if (allocation === null) return [issue('allocationId', 'request.allocation_unknown')];
  if (!allocation.active) return [issue('allocationId', 'allocation.not_active')];
  const { underWay } = allocation;
  return underWay === null
    ? []
    : [issue('allocationId', 'request.allocation_busy', known({ number: underWay.number }))];
}

const checkReason = (content: RequestContent): readonly Issue[] =>
  content.reason.trim() === '' ? [issue('reason', 'input.required')] : [];

function checkLines(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  const { lines } = content;
  if (content.kind === 'release')
    return lines.length === 0 ? [] : [notAsked('lines', content.kind)];
  if (lines.length === 0) return [issue('lines', 'request.no_lines')];
  if (lines.length > maxLines) {
    return [issue('lines', 'request.too_many_lines', { limit: maxLines, count: lines.length })];
  }
  return [
    ...(content.kind === 'change' && changesNothing(content, facts)
      ? [issue('lines', 'request.no_change')]
      : []),
    ...lines.flatMap((line, index) => [
      ...checkLine({ content, line, index }, facts),
      ...checkDuplicate(lines, index),
    ]),
    ...(content.kind === 'new'
      ? groupLines(lines).flatMap((group) => checkGroup(group, facts))
      : []),
  ];
}

const changesNothing = (content: RequestContent, facts: ContentFacts): boolean =>
  content.lines.every((line) => line.amount === (facts.allocation?.allocated[line.resource] ?? 0));

interface Placed {
  readonly content: RequestContent;
  readonly line: LineContent;
  readonly index: number;
}

function checkLine(placed: Placed, facts: ContentFacts): readonly Issue[] {
  const { content, line, index } = placed;
  const item = facts.items.get(line.itemVersionId);
  const at = `lines.${index}.itemVersionId`;
  if (item === undefined)
    return [issue(at, 'request.item_unavailable', { resource: line.resource })];
  const misfits = itemMisfits(item, line);
  if (misfits.length > 0) return misfits.map(({ code, params }) => issue(at, code, params));
  return [
    ...(content.kind === 'change' ? checkStays(line, index, facts) : []),
    ...checkLineAmount(placed, item),
  ];
}

function checkLineAmount({ content, line, index }: Placed, item: ItemFacts): readonly Issue[] {
  const problem = itemAmountProblem(content.kind, item, line.amount);
  return problem === null ? [] : [issue(`lines.${index}.amount`, problem.code, problem.params)];
}

/** What is wrong with an amount of an item, wherever it would stand; null when nothing is. */
export function itemAmountProblem(
  kind: RequestKind,
  item: ItemFacts,
  amount: number,
): Pick<Issue, 'code' | 'params'> | null {
  const says = (code: ErrorCode, params: ErrorParams = {}) => ({
    code,
    params: { amount, resource: item.resource, ...params },
  });
  const checked = checkAmount(amount);
  // JSON has no word for what is not a number, and the params of an issue are JSON.
  if (!checked.ok)
    return says(checked.error, { amount: Number.isFinite(amount) ? amount : String(amount) });
  // A change may bring a resource to zero; a new environment may not ask for nothing.
  if (kind === 'change' && amount === 0) return null;
  if (amount < item.min) return says('quantity.below_minimum', { minimum: item.min });
  if (item.max !== undefined && amount > item.max)
    return says('quantity.too_large', { maximum: item.max });
  return amount % item.step === 0 ? null : says('quantity.not_step', { step: item.step });
}

/** What an item is for, where that is not what the line says. */
function itemMisfits(
  { resource, arch, poolClass }: ItemFacts,
  line: LineContent,
): readonly Pick<Issue, 'code' | 'params'>[] {
  const elsewhere =
    (arch !== null && arch !== line.arch) || (poolClass !== null && poolClass !== line.poolClass);
  return [
    ...(resource === line.resource
      ? []
      : [{ code: 'request.item_resource' as const, params: { resource } }]),
    ...(elsewhere
      ? [{ code: 'request.item_pool' as const, params: known({ arch, poolClass }) }]
      : []),
  ];
}

/** A change stays where the namespace is: another pool is another namespace, that is, `new` and `release`. */
function checkStays(line: LineContent, index: number, facts: ContentFacts): readonly Issue[] {
  const { allocation } = facts;
  const pool = facts.pools.find((candidate) => candidate.id === allocation?.poolId);
  // Without an allocation there is no place to stay in; that is a problem of another field.
  if (allocation === null || (pool !== undefined && isIn(pool, line))) return [];
  const where = pool === undefined || pool.code === '' ? {} : { pool: pool.code };
  return [issue(`lines.${index}.cloudNodeId`, 'request.change_elsewhere', where)];
}

/** Two lines of one resource in one place would leave open which of the totals is meant. */
function checkDuplicate(lines: readonly LineContent[], index: number): readonly Issue[] {
  const line = lines[index];
  if (line === undefined) return [];
  const earlier = lines
    .slice(0, index)
    .findIndex((other) => other.resource === line.resource && isIn(other, line));
  if (earlier < 0) return [];
  const params = { resource: line.resource, line: earlier + 1 };
  return [issue(`lines.${index}.resource`, 'request.line_duplicate', params)];
}

function checkGroup(group: LineGroup, facts: ContentFacts): readonly Issue[] {
  const at = `lines.${group.lines[0]?.index ?? 0}.cloudNodeId`;
  const pools = facts.pools.filter((pool) => isIn(pool, group));
  const { arch, poolClass } = group;
  if (pools.length === 0) return [issue(at, 'request.no_pool', { arch, poolClass })];
  const occupants = pools.flatMap((pool) => facts.occupants.get(pool.id) ?? []);
  const problem = occupants.length < pools.length ? null : occupantProblem(occupants);
  return problem === null ? [] : [issue(at, problem.code, problem.params)];
}

/** Not dropped in silence: whoever sends it means something by it. */
const notAsked = (path: string, kind: RequestKind): Issue =>
  issue(path, 'input.not_applicable', { kind });

type Place = Pick<LineContent, 'cloudNodeId' | 'arch' | 'poolClass'>;

const isIn = (one: Place, other: Place): boolean =>
  one.cloudNodeId === other.cloudNodeId &&
  one.arch === other.arch &&
  one.poolClass === other.poolClass;

const issue = (path: string, code: ErrorCode, params: ErrorParams = {}): Issue => ({
  path,
  code,
  params,
});
