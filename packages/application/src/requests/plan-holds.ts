import { choosePool } from '@yunheng/domain/estate/pool-choice';
import type { ContentFacts } from '@yunheng/domain/quota/check-content';
import { groupLines, lineEffects, type LineEffect } from '@yunheng/domain/quota/effect';
import type { RequestContent } from '@yunheng/domain/quota/request';
import type { ResourceAmounts, ResourceName } from '@yunheng/domain/catalog/resources';
import { invariant } from '@yunheng/kernel/invariant';

export interface PlannedLine extends LineEffect {
  readonly poolId: string | null;
}

/**
 * Where each line's increase is held: of a group's pools the one with most free that fits the whole (design 7, Two axes).
 * When none fits, the one that comes closest, so that the refusal names the smallest gap.
 */
export function planHolds(content: RequestContent, facts: ContentFacts): readonly PlannedLine[] {
  const effects = lineEffects(content, facts.allocation);
  if (content.kind !== 'new') {
    const poolId = facts.allocation?.poolId ?? null;
    return effects.map((effect) => ({ ...effect, poolId }));
  }
  const poolOf = new Map<number, string>();
  for (const group of groupLines(content.lines)) {
    const candidates = facts.pools.filter(
      (pool) =>
        pool.cloudNodeId === group.cloudNodeId &&
        pool.arch === group.arch &&
        pool.poolClass === group.poolClass &&
        !facts.occupants.has(pool.id),
    );
    const chosen = choosePool(candidates, needsOf(group.lines.map((line) => effects[line.index])));
    invariant(chosen, 'checkContent lets no group without a pool through');
    for (const line of group.lines) poolOf.set(line.index, chosen.id);
  }
  return effects.map((effect) => ({ ...effect, poolId: poolOf.get(effect.index) ?? null }));
}

export function needsOf(effects: readonly (LineEffect | undefined)[]): ResourceAmounts {
  const needs: Partial<Record<ResourceName, number>> = {};
  for (const effect of effects) {
    if (effect !== undefined) needs[effect.resource] = (needs[effect.resource] ?? 0) + effect.hold;
  }
  return needs;
}
