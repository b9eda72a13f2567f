import { requestKinds, requestStates } from '@yunheng/domain/quota/request';
import type { RequestKind, RequestState } from '@yunheng/domain/quota/request';
import { paths } from '../../path-builder.ts';
import { oneOf, pageOf, textOf, useUrlState } from '../../url-state.ts';

const sorts = ['updated', 'due', 'submitted', 'number'] as const;
export type RequestSort = (typeof sorts)[number];

export type RequestsView = {
  state: RequestState | undefined;
  kind: RequestKind | undefined;
  department: string | undefined;
  node: string | undefined;
  system: string | undefined;
  search: string | undefined;
  sort: RequestSort;
  order: 'asc' | 'desc';
  page: number;
};

export function useRequestsQuery() {
  return useUrlState<RequestsView>(paths.requests, (search) => ({
    state: oneOf(search, 'state', requestStates),
    kind: oneOf(search, 'kind', requestKinds),
    department: textOf(search, 'department'),
    node: textOf(search, 'node'),
    system: textOf(search, 'system'),
    search: textOf(search, 'search')?.slice(0, 64),
    sort: oneOf(search, 'sort', sorts) ?? 'updated',
    order: oneOf(search, 'order', ['asc', 'desc']) ?? 'desc',
    page: pageOf(search),
  }));
}
