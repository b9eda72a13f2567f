import type { ErrorParams, Issue } from '@yunheng/kernel/errors';
import type { UnderWay } from './effect.ts';

/** One environment has one allocation in a pool, and one request that would open it. */
export type Occupant =
  | { readonly kind: 'allocation'; readonly namespace: string | null }
  | ({ readonly kind: 'request' } & UnderWay);

/** Why an environment cannot be opened there. What stands can be changed today; what is only asked for is waited for. */
export function occupantProblem(
  occupants: readonly Occupant[],
): Pick<Issue, 'code' | 'params'> | null {
  const standing = occupants.find((one) => one.kind === 'allocation');
  if (standing !== undefined)
    return {
      code: 'request.allocation_exists',
      params: known({ namespace: standing.namespace }),
    };
  const asked = occupants.find((one) => one.kind === 'request');
  if (asked === undefined) return null;
  return { code: 'request.new_under_way', params: known({ number: asked.number }) };
}

/** What the reader may not know is left out: the sentence stands without it. */
export const known = (params: ErrorParams): ErrorParams =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
