import { paths } from '../../path-builder.ts';
import { oneOf, pageOf, textOf, useUrlState } from '../../url-state.ts';

const boxes = ['todo', 'done'] as const;
const sorts = ['due', 'submitted', 'amount'] as const;

export type InboxView = {
  box: (typeof boxes)[number];
  sort: (typeof sorts)[number];
  item: string | undefined;
  page: number;
};

export function useInboxQuery() {
  return useUrlState<InboxView>(paths.inbox, (search) => ({
    box: oneOf(search, 'box', boxes) ?? 'todo',
    sort: oneOf(search, 'sort', sorts) ?? 'due',
    item: textOf(search, 'item'),
    page: pageOf(search),
  }));
}
