import { roles } from '@yunheng/domain/identity/roles';
import type { Role } from '@yunheng/domain/identity/roles';
import { paths } from '../../path-builder.ts';
import { oneOf, pageOf, textOf, useUrlState } from '../../url-state.ts';

export type UsersView = {
  search: string | undefined;
  role: Role | undefined;
  page: number;
  item: string | undefined;
};

export function useUsersQuery() {
  return useUrlState<UsersView>(paths.users, (search) => ({
    search: textOf(search, 'search')?.slice(0, 64),
    role: oneOf(search, 'role', roles),
    page: pageOf(search),
    item: textOf(search, 'item'),
  }));
}
