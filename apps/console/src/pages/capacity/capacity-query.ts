import { paths } from '../../path-builder.ts';
import { oneOf, textOf, useUrlState } from '../../url-state.ts';

export const scopes = ['all', 'provincial', 'industry', 'city', 'edge'] as const;
export const metrics = ['occupancy', 'free', 'overcommit'] as const;

export type CapacityView = {
  scope: (typeof scopes)[number];
  metric: (typeof metrics)[number];
  cell: string | undefined;
};

export function useCapacityQuery() {
  return useUrlState<CapacityView>(paths.capacity, (search) => ({
    scope: oneOf(search, 'scope', scopes) ?? 'all',
    metric: oneOf(search, 'metric', metrics) ?? 'occupancy',
    cell: textOf(search, 'cell'),
  }));
}
