import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { Empty } from '@yunheng/ui/empty';
import { formatCount } from '@yunheng/messages/format/number';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { CapacityOverview } from '../../api/types.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TableSkeleton } from '../../parts/table-skeleton.tsx';
import { useTexts } from '../../text/texts.ts';
import { CapacityMatrix } from './capacity-matrix.tsx';
import { columns, parseCell, rowsOf, sumOf } from './capacity-model.ts';
import { useCapacityQuery } from './capacity-query.ts';
import { CapacitySums } from './capacity-sums.tsx';
import { CellPanel } from './cell-panel.tsx';
import './capacity.css';

export default function CapacityPage(): JSX.Element {
  const { t } = useTexts();
  const url = useCapacityQuery();
  const query = useProcedure({
    name: 'estate.capacity',
    input: () => ({ scope: url.query().scope }),
    call: (input, options) => api.estate.capacity.query(input, options),
    everyMilliseconds: 15_000,
  });
  useDataAge(() => valueOf(query)?.at);
  const sub = () => {
    const overview = valueOf(query);
    if (overview === undefined) return undefined;
    return t('capacity.sub', {
      nodes: rowsOf(overview).length,
      holds: formatCount(overview.holds.count),
      soon: overview.holds.expiringSoon,
    });
  };
  return (
    <>
      <PageHead title={t('capacity.title')} sub={sub()} />
      <Loaded query={query} skeleton={<TableSkeleton columns={6} rows={12} />}>
        {(overview) => (
          <Show
            when={overview().pools.length > 0}
            fallback={<Empty title={t('capacity.empty')}>{t('capacity.emptyHelp')}</Empty>}
          >
            <Overview overview={overview()} />
          </Show>
        )}
      </Loaded>
    </>
  );
}

/** The fullest cell is opened when none is chosen: that is where the work is. */
function Overview(props: { overview: CapacityOverview }): JSX.Element {
  const url = useCapacityQuery();
  const rows = createMemo(() => rowsOf(props.overview));
  const chosen = createMemo(() => {
    const ref = parseCell(url.query().cell);
    const row = rows().find((entry) => entry.node.code === ref?.node);
    const column = columns.find((entry) => entry.id === ref?.column);
    return row === undefined || column === undefined || sumOf(row.pools, column).supply === 0
      ? undefined
      : { row, column };
  });
  return (
    <>
      <CapacitySums overview={props.overview} />
      <div class="cols">
        <CapacityMatrix rows={rows()} pools={props.overview.pools} />
        <CellPanel chosen={chosen()} />
      </div>
    </>
  );
}
