import { checkAmount } from '@yunheng/kernel/quantity'
import type { ErrorCode, ErrorParams, Issue } from '@yunheng/kernel/errors'
import type { Architecture, PoolClass, ResourceName } from '../catalog/resources.ts'
import { groupLines, type AllocationFacts, type PoolFacts } from './effect.ts'
import type { LineContent, RequestContent } from './request.ts'

/** What a catalogue item version says about the lines that may name it. */
export interface ItemFacts {
  readonly itemVersionId: string
  readonly resource: ResourceName
  /** Null where any architecture or class will do. */
  readonly arch: Architecture | null
  readonly poolClass: PoolClass | null
  readonly min: number
  readonly step: number
}

export interface ContentFacts {
  readonly items: ReadonlyMap<string, ItemFacts>
  readonly pools: readonly PoolFacts[]
  readonly allocation: AllocationFacts | null
  /** Environment already has an open allocation in a pool of this id: `new` is refused there. */
  readonly occupiedPoolIds: ReadonlySet<string>
}

/** Every problem of a content at once, in the order of the form. Empty means that it may be submitted. */
export function checkContent(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  return [...checkTarget(content, facts), ...checkLines(content, facts)]
}

function checkTarget(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  const issues: Issue[] = []
  const { allocation } = facts
  if (content.reason.trim() === '') issues.push(issue('reason', 'input.invalid', { rule: 'required' }))
  if (content.kind === 'new') return issues
  if (allocation === null || allocation.systemId !== content.systemId || allocation.environment !== content.environment) {
    issues.push(issue('allocationId', 'request.no_allocation'))
  } else if (!allocation.active) issues.push(issue('allocationId', 'allocation.not_active'))
  else if (allocation.busy) issues.push(issue('allocationId', 'request.allocation_busy'))
  return issues
}

function checkLines(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  if (content.kind === 'release') return []
  if (content.lines.length === 0) return [issue('lines', 'request.no_lines')]
  const issues = content.lines.flatMap((line, index) => checkLine(line, index, content, facts))
  issues.push(...checkDuplicates(content.lines))
  if (content.kind === 'new') issues.push(...checkGroups(content, facts))
  else if (content.lines.every((line) => line.amount === (facts.allocation?.allocated[line.resource] ?? 0))) {
    issues.push(issue('lines', 'request.no_change'))
  }
  return issues
}

function checkLine(line: LineContent, index: number, content: RequestContent, facts: ContentFacts): readonly Issue[] {
  const at = `lines.${index}`
  const item = facts.items.get(line.itemVersionId)
  if (item === undefined) return [issue(`${at}.itemVersionId`, 'request.line_incompatible', { reason: 'item' })]
  const issues: Issue[] = []
  if (!fits(item, line)) issues.push(issue(`${at}.itemVersionId`, 'request.line_incompatible', { reason: 'target' }))
  if (content.kind === 'change' && !samePool(line, facts)) {
    issues.push(issue(`${at}.cloudNodeId`, 'request.line_incompatible', { reason: 'pool' }))
  }
  const amount = checkAmount(line.amount)
  if (!amount.ok) return [...issues, issue(`${at}.amount`, amount.error, { amount: line.amount, resource: line.resource })]
  // A change may bring a resource to zero; a new environment may not ask for nothing.
  const emptied = content.kind === 'change' && line.amount === 0
  if (!emptied && line.amount < item.min) {
    issues.push(issue(`${at}.amount`, 'quantity.below_minimum', { amount: line.amount, min: item.min, resource: line.resource }))
  } else if (line.amount % item.step !== 0) {
    issues.push(issue(`${at}.amount`, 'quantity.not_step', { amount: line.amount, step: item.step, resource: line.resource }))
  }
  return issues
}

const fits = (item: ItemFacts, line: LineContent): boolean =>
  item.resource === line.resource &&
  (item.arch === null || item.arch === line.arch) &&
  (item.poolClass === null || item.poolClass === line.poolClass)

function samePool(line: LineContent, facts: ContentFacts): boolean {
  const pool = facts.pools.find((candidate) => candidate.id === facts.allocation?.poolId)
  return (
    pool !== undefined && pool.cloudNodeId === line.cloudNodeId && pool.arch === line.arch && pool.poolClass === line.poolClass
  )
}

function checkDuplicates(lines: readonly LineContent[]): readonly Issue[] {
  const seen = new Set<string>()
  const issues: Issue[] = []
  lines.forEach((line, index) => {
    const key = `${line.resource}|${line.cloudNodeId}|${line.arch}|${line.poolClass}`
    if (seen.has(key)) issues.push(issue(`lines.${index}.resource`, 'request.line_incompatible', { reason: 'duplicate' }))
    seen.add(key)
  })
  return issues
}

function checkGroups(content: RequestContent, facts: ContentFacts): readonly Issue[] {
  return groupLines(content.lines).flatMap((group) => {
    const at = `lines.${group.lines[0]?.index ?? 0}.cloudNodeId`
    const pools = facts.pools.filter(
      (pool) => pool.cloudNodeId === group.cloudNodeId && pool.arch === group.arch && pool.poolClass === group.poolClass,
    )
    if (pools.length === 0) return [issue(at, 'request.no_pool', { arch: group.arch, poolClass: group.poolClass })]
    if (pools.every((pool) => facts.occupiedPoolIds.has(pool.id))) return [issue(at, 'request.allocation_exists')]
    return []
  })
}

const issue = (path: string, code: ErrorCode, params: ErrorParams = {}): Issue => ({ path, code, params })
