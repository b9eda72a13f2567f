import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { requestKinds, requestStates } from '@yunheng/domain/quota/request';
import { Button, LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Select } from '@yunheng/ui/select';
import { Head } from '@yunheng/ui/table';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import { useDataAge } from '../../layout/data-age.ts';
import { useReader } from '../../layout/reader.ts';
import { FilterSearch } from '../../parts/filter-search.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFoot } from '../../parts/page-foot.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TableSkeleton } from '../../parts/table-skeleton.tsx';
import { paths } from '../../path-builder.ts';
import { requestStateWord } from '../../text/state-words.ts';
import { useTexts } from '../../text/texts.ts';
import { RequestLine } from './request-line.tsx';
import { useRequestsQuery } from './requests-query.ts';
import type { RequestSort } from './requests-query.ts';

const size = 50;

export default function RequestsPage(): JSX.Element {
  const { t } = useTexts();
  const url = useRequestsQuery();
  const session = useSession();
  const reader = useReader();
  const query = useProcedure({
    name: 'requests.list',
    input: () => ({ ...url.query(), size }),
    call: (input, options) => api.requests.list.query(input, options),
    everyMilliseconds: 10_000,
  });
  useDataAge(() => valueOf(query)?.at);
  const filtered = () => {
    const { state, kind, department, node, system, search } = url.query();
    return [state, kind, department, node, system, search].some((value) => value !== undefined);
  };
  /** Whoever reads one department only need not be told which on every row. */
  const ofOneDepartment = () => session.departments().length === 1;
  const newHref = () => {
    const department = reader().departmentId;
    return session.hasRole('applicant') && department !== undefined
      ? paths.newRequest(department)
      : undefined;
  };
  return (
    <>
      <PageHead
        title={t('request.requestsTitle')}
        actions={
          <Show when={newHref()}>
            {(href) => (
              <LinkButton kind="primary" href={href()}>
                {t('shell.newRequest')}
              </LinkButton>
            )}
          </Show>
        }
      />
      <Filters filtered={filtered()} />
      <Loaded query={query} skeleton={<TableSkeleton columns={8} />}>
        {(page) => (
          <Show when={page().rows.length > 0} fallback={<Nothing filtered={filtered()} />}>
            <table class="tbl cards">
              <thead>
                <tr>
                  <SortHead sort="number">{t('request.number')}</SortHead>
                  <Head>{t('request.state')}</Head>
                  <Head>{t('request.system')}</Head>
                  <Head>{t('request.kind')}</Head>
                  <Head>{t('request.cloudNode')}</Head>
                  <Head>{t('request.amounts')}</Head>
                  <SortHead sort="due">{t('request.dueAt')}</SortHead>
                  <SortHead sort="updated">{t('request.updatedAt')}</SortHead>
                </tr>
              </thead>
              <tbody>
                <For each={page().rows}>
                  {(row) => <RequestLine row={row} ownDepartment={ofOneDepartment()} />}
                </For>
              </tbody>
            </table>
            <PageFoot
              total={page().total}
              page={page().page}
              size={page().size}
              hrefOf={(next) => url.href({ page: next })}
            />
          </Show>
        )}
      </Loaded>
    </>
  );
}

function SortHead(props: { sort: RequestSort; children: JSX.Element }): JSX.Element {
  const url = useRequestsQuery();
  const current = () => url.query().sort === props.sort;
  const direction = () => (current() ? url.query().order : undefined);
  const href = () =>
    url.href({ sort: props.sort, order: direction() === 'desc' ? 'asc' : 'desc', page: 1 });
  return (
    <Head href={href()} direction={direction()}>
      {props.children}
    </Head>
  );
}

function Filters(props: { filtered: boolean }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useRequestsQuery();
  const chosen = <T extends string>(options: readonly T[], value: string) =>
    options.find((option) => option === value);
  return (
    <div class="filters" role="search" aria-label={t('shell.filters')}>
      <FilterSearch
        label={t('request.searchRequests')}
        value={url.query().search}
        onChange={(search) => url.replace({ search, page: 1 })}
      />
      <Select
        aria-label={t('request.state')}
        placeholder={t('shell.allOf', { label: t('request.state') })}
        value={url.query().state ?? ''}
        options={requestStates.map((state) => ({
          value: state,
          label: requestStateWord(texts, state, url.query().kind),
        }))}
        onChange={(value) => url.go({ state: chosen(requestStates, value), page: 1 })}
      />
      <Select
        aria-label={t('request.kind')}
        placeholder={t('shell.allOf', { label: t('request.kind') })}
        value={url.query().kind ?? ''}
        options={requestKinds.map((kind) => ({
          value: kind,
          label: texts.word('requestKinds', kind),
        }))}
        onChange={(value) => url.go({ kind: chosen(requestKinds, value), page: 1 })}
      />
      <Show when={props.filtered}>
        <LinkButton kind="quiet" href={paths.requests()}>
          {t('shell.clearFilters')}
        </LinkButton>
      </Show>
    </div>
  );
}

function Nothing(props: { filtered: boolean }): JSX.Element {
  const { t } = useTexts();
  const url = useRequestsQuery();
  return (
    <Show
      when={props.filtered}
      fallback={<Empty title={t('request.requestsNone')}>{t('request.requestsNoneHelp')}</Empty>}
    >
      <Empty
        title={t('shell.resultsFiltered')}
        actions={
          <Button
            onClick={() =>
              url.go({
                state: undefined,
                kind: undefined,
                department: undefined,
                node: undefined,
                system: undefined,
                search: undefined,
                page: 1,
              })
            }
          >
            {t('shell.clearFilters')}
          </Button>
        }
      >
        {t('shell.resultsFilteredHelp')}
      </Empty>
    </Show>
  );
}
