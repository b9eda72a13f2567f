import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Head } from '@yunheng/ui/table';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { SystemRow } from '../../api/types.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { FilterSearch } from '../../parts/filter-search.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFoot } from '../../parts/page-foot.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TableSkeleton } from '../../parts/table-skeleton.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { oneOf, pageOf, textOf, useUrlState } from '../../url-state.ts';

const sorts = ['cpu', 'name', 'code'] as const;
type SystemsView = {
  department: string | undefined;
  search: string | undefined;
  sort: (typeof sorts)[number];
  page: number;
};
const size = 50;
const columns = ['memory', 'storage', 'gpu', 'npu'] as const;

function useSystemsQuery() {
  return useUrlState<SystemsView>(paths.systems, (search) => ({
    department: textOf(search, 'department'),
    search: textOf(search, 'search')?.slice(0, 64),
    sort: oneOf(search, 'sort', sorts) ?? 'cpu',
    page: pageOf(search),
  }));
}

export default function SystemsPage(): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useSystemsQuery();
  const query = useProcedure({
    name: 'systems.list',
    input: () => ({ ...url.query(), size }),
    call: (input, options) => api.systems.list.query(input, options),
  });
  useDataAge(() => valueOf(query)?.at);
  const filtered = () => url.query().search !== undefined || url.query().department !== undefined;
  const direction = (sort: SystemsView['sort']) =>
    url.query().sort === sort ? (sort === 'cpu' ? 'desc' : 'asc') : undefined;
  const figures = createMemo(() => figuresOf(valueOf(query)?.rows ?? []));
  return (
    <>
      <PageHead title={t('request.systemsTitle')} />
      <div class="filters" role="search" aria-label={t('shell.filters')}>
        <FilterSearch
          label={t('request.systemsSearch')}
          value={url.query().search}
          onChange={(search) => url.replace({ search, page: 1 })}
        />
        <Show when={filtered()}>
          <LinkButton kind="quiet" href={paths.systems()}>
            {t('shell.clearFilters')}
          </LinkButton>
        </Show>
      </div>
      <Loaded query={query} skeleton={<TableSkeleton columns={7} />}>
        {(page) => (
          <Show
            when={page().rows.length > 0}
            fallback={
              <Show
                when={filtered()}
                fallback={
                  <Empty title={t('request.systemsNone')}>{t('request.systemsNoneHelp')}</Empty>
                }
              >
                <Empty title={t('shell.resultsFiltered')}>{t('shell.resultsFilteredHelp')}</Empty>
              </Show>
            }
          >
            <table class="tbl cards">
              <thead>
                <tr>
                  <Head href={url.href({ sort: 'name', page: 1 })} direction={direction('name')}>
                    {t('request.system')}
                  </Head>
                  <Head>{t('request.environment')}</Head>
                  <Head
                    number
                    unit={resourceUnit('cpu', texts.locale)}
                    href={url.href({ sort: 'cpu', page: 1 })}
                    direction={direction('cpu')}
                  >
                    {texts.word('resources', 'cpu')}
                  </Head>
                  <For each={columns}>
                    {(resource) => (
                      <Head number unit={resourceUnit(resource, texts.locale)}>
                        {texts.word('resources', resource)}
                      </Head>
                    )}
                  </For>
                  <Head number>{t('request.openRequests')}</Head>
                </tr>
              </thead>
              <tbody>
                <For each={page().rows}>
                  {(row) => <SystemLine row={row} figures={figures()} />}
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

type Shown = 'cpu' | (typeof columns)[number];

/** The whole page of a column is written with one number of decimals. */
function figuresOf(rows: readonly SystemRow[]): Record<Shown, (amount: number) => string> {
  const of = (resource: Shown) =>
    resourceColumn(
      resource,
      rows.map((row) => row.allocated[resource] ?? 0),
    );
  return {
    cpu: of('cpu'),
    memory: of('memory'),
    storage: of('storage'),
    gpu: of('gpu'),
    npu: of('npu'),
  };
}

function SystemLine(props: { row: SystemRow; figures: ReturnType<typeof figuresOf> }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <tr>
      <td class="two">
        <a class="row" href={paths.system(props.row.id)}>
          <strong>{props.row.name}</strong>
        </a>
        <small>
          <span class="mono">{props.row.code}</span>
          {'　'}
          {props.row.department.name}
          {'　'}
          {texts.word('protectionLevels', String(props.row.protectionLevel))}
        </small>
      </td>
      <td data-l={t('request.environment')}>
        {texts.names(
          props.row.environments.map((environment) => texts.word('environments', environment)),
        )}
        <Show when={props.row.environments.length === 0}>
          <span class="vh">{t('shell.none')}</span>
        </Show>
      </td>
      <For each={['cpu', ...columns] as const}>
        {(resource) => (
          <td
            class="n"
            data-l={texts.t('shell.noted', {
              name: texts.word('resources', resource),
              note: resourceUnit(resource, texts.locale),
            })}
          >
            {props.figures[resource](props.row.allocated[resource] ?? 0)}
          </td>
        )}
      </For>
      <td class="n" data-l={t('request.openRequests')}>
        {props.row.openRequests}
      </td>
    </tr>
  );
}
