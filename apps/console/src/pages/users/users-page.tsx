import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { roles } from '@yunheng/domain/identity/roles';
import { formatDate } from '@yunheng/messages/format/time';
import { Button, LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Select } from '@yunheng/ui/select';
import { StateMark } from '@yunheng/ui/state-mark';
import { Head } from '@yunheng/ui/table';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import type { UserRow } from '../../api/types.ts';
import { FilterSearch } from '../../parts/filter-search.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFoot } from '../../parts/page-foot.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TableSkeleton } from '../../parts/table-skeleton.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { UserDrawer } from './user-drawer.tsx';
import { useUsersQuery } from './users-query.ts';

const size = 50;

export default function UsersPage(): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useUsersQuery();
  const session = useSession();
  const queries = useQueryClient();
  const [creating, setCreating] = createSignal(false);
  const query = useProcedure({
    name: 'users.list',
    input: () => ({
      search: url.query().search,
      role: url.query().role,
      page: url.query().page,
      size,
    }),
    call: (input, options) => api.users.list.query(input, options),
  });
  const departments = useProcedure({
    name: 'departments.list',
    input: () => ({}),
    call: (input, options) => api.departments.list.query(input, options),
  });
  const refresh = () => void queries.invalidateQueries({ queryKey: ['users.list'] });
  const mayChange = () => session.hasRole('security_admin');
  const filtered = () => url.query().search !== undefined || url.query().role !== undefined;
  const chosen = () => valueOf(query)?.rows.find((row) => row.id === url.query().item);
  return (
    <>
      <PageHead
        title={t('admin.usersTitle')}
        sub={t('admin.usersSub')}
        actions={
          <Show when={mayChange()}>
            <Button kind="primary" onClick={() => setCreating(true)}>
              {t('admin.usersNew')}
            </Button>
          </Show>
        }
      />
      <div class="filters" role="search" aria-label={t('shell.filters')}>
        <FilterSearch
          label={t('admin.usersSearch')}
          value={url.query().search}
          onChange={(search) => url.replace({ search, page: 1 })}
        />
        <Select
          aria-label={t('admin.usersRole')}
          placeholder={t('shell.allOf', { label: t('admin.usersRole') })}
          value={url.query().role ?? ''}
          options={roles.map((role) => ({ value: role, label: texts.word('roles', role) }))}
          onChange={(value) => url.go({ role: roles.find((role) => role === value), page: 1 })}
        />
        <Show when={filtered()}>
          <LinkButton kind="quiet" href={paths.users()}>
            {t('shell.clearFilters')}
          </LinkButton>
        </Show>
      </div>
      <Loaded query={query} skeleton={<TableSkeleton columns={4} />}>
        {(page) => (
          <Show when={page().rows.length > 0} fallback={<Nothing filtered={filtered()} />}>
            <table class="tbl cards">
              <thead>
                <tr>
                  <Head>{t('admin.userAccount')}</Head>
                  <Head>{t('admin.userState')}</Head>
                  <Head>{t('admin.userRoles')}</Head>
                  <Head>{t('admin.userCreated')}</Head>
                </tr>
              </thead>
              <tbody>
                <For each={page().rows}>{(user) => <UserLine user={user} />}</For>
              </tbody>
            </table>
            <PageFoot
              total={page().total}
              page={page().page}
              size={page().size}
              hrefOf={(next) => url.href({ page: next, item: undefined })}
            />
          </Show>
        )}
      </Loaded>
      <Show when={mayChange()}>
        <CreateUserDialog
          open={creating()}
          departments={valueOf(departments) ?? []}
          onClose={() => setCreating(false)}
          onCreated={refresh}
        />
        <UserDrawer
          user={chosen()}
          departments={valueOf(departments) ?? []}
          onClose={() => url.go({ item: undefined })}
          onChanged={refresh}
        />
      </Show>
    </>
  );
}

function Nothing(props: { filtered: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <Show
      when={props.filtered}
      fallback={<Empty title={t('admin.usersNone')}>{t('admin.usersNoneHelp')}</Empty>}
    >
      <Empty title={t('shell.resultsFiltered')}>{t('shell.resultsFilteredHelp')}</Empty>
    </Show>
  );
}

function UserLine(props: { user: UserRow }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useUsersQuery();
  const session = useSession();
  const state = () => (props.user.locked ? 'locked' : props.user.state);
  const said = ({ role, department }: UserRow['roles'][number]) =>
    department === null
      ? texts.word('roles', role)
      : t('shell.noted', { name: texts.word('roles', role), note: department.name });
  const name = () => <strong>{props.user.displayName}</strong>;
  return (
    <tr>
      <td class="two">
        <Show when={session.hasRole('security_admin')} fallback={name()}>
          <a class="row" href={url.href({ item: props.user.id })}>
            {name()}
          </a>
        </Show>
        <small class="mono">{props.user.username}</small>
      </td>
      <td data-l={t('admin.userState')}>
        <StateMark mark={state() === 'active' ? 'ok' : state() === 'locked' ? 'warn' : 'end'}>
          {texts.word('userStates', state())}
        </StateMark>
      </td>
      <td class="full" data-l={t('admin.userRoles')}>
        {texts.names(props.user.roles.map(said))}
      </td>
      <td class="nowrap" data-l={t('admin.userCreated')}>
        {formatDate(props.user.createdAt)}
      </td>
    </tr>
  );
}
