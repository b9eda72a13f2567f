import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatOvercommit, formatRatio } from '@yunheng/messages/format/ratio';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { formatClock } from '@yunheng/messages/format/time';
import { Segment } from '@yunheng/ui/choice';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import { Head, ScrollX } from '@yunheng/ui/table';
import { useStatus } from '../../api/status.tsx';
import type { PoolCapacity } from '../../api/types.ts';
import { warningShare } from '../../parts/pool-bar.tsx';
import { useTexts } from '../../text/texts.ts';
import { columns, formatCell, gradeOf, occupancyOf, sumOf, tierOrder } from './capacity-model.ts';
import type { Column, MatrixRow, Sum } from './capacity-model.ts';
import { useCapacityQuery } from './capacity-query.ts';

const tierLabels = {
  provincial: 'capacity.tierProvincial',
  industry: 'capacity.tierIndustry',
  city: 'capacity.tierCity',
  edge: 'capacity.tierEdge',
} as const;
const notes = {
  occupancy: 'capacity.matrixNote',
  free: 'capacity.matrixNoteFree',
  overcommit: 'capacity.matrixNoteOvercommit',
} as const;
const staleMilliseconds = 1_800_000;

/** Every node by every architecture: the value is printed in the cell, the ground only helps. */
export function CapacityMatrix(props: {
  rows: readonly MatrixRow[];
  pools: readonly PoolCapacity[];
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useCapacityQuery();
  const free = createMemo(() => freeFiguresOf(props.rows, props.pools));
  return (
    <Section
      title={t('capacity.matrix')}
      note={t(notes[url.query().metric])}
      actions={
        <Segment
          label={t('capacity.metric')}
          value={url.query().metric}
          options={[
            { value: 'occupancy', label: t('capacity.metricOccupancy') },
            { value: 'free', label: t('capacity.metricFree') },
            { value: 'overcommit', label: t('capacity.metricOvercommit') },
          ]}
          onChange={(metric) => url.replace({ metric })}
        />
      }
      bare
    >
      <ScrollX label={t('capacity.matrixScroll')}>
        <table class="tbl heat">
          <thead>
            <tr>
              <Head>{t('capacity.node')}</Head>
              <For each={columns}>
                {(column) => (
                  <Head number unit={resourceUnit(column.resource, texts.locale)}>
                    {column.label}
                  </Head>
                )}
              </For>
              <th class="n age" scope="col">
                {t('capacity.asOf')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={tierOrder}>
              {(tier) => (
                <Tier
                  label={t(tierLabels[tier])}
                  rows={props.rows.filter((row) => row.node.tier === tier)}
                  free={free()}
                />
              )}
            </For>
          </tbody>
          <tfoot>
            <tr class="grand">
              <th>{t('capacity.sums')}</th>
              <For each={columns}>
                {(column) => <Total column={column} pools={props.pools} free={free()[column.id]} />}
              </For>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollX>
      <div class="foot">
        <span class="grade" role="img" aria-label={t('capacity.grades')}>
          <span class="h0">&lt; 40%</span>
          <span class="h1">40 – 55</span>
          <span class="h2">55 – 70</span>
          <span class="h3">70 – 80</span>
          <span class="h4">80 – 90</span>
          <span class="h5">▲ ≥ 90%</span>
        </span>
        <span>{t('capacity.gradesNote')}</span>
      </div>
    </Section>
  );
}

function Tier(props: {
  label: string;
  rows: readonly MatrixRow[];
  free: FreeFigures;
}): JSX.Element {
  return (
    <Show when={props.rows.length > 0}>
      <tr class="grp">
        <th colspan={6} scope="colgroup">
          {props.label}
        </th>
      </tr>
      <For each={props.rows}>{(row) => <NodeRow row={row} free={props.free} />}</For>
    </Show>
  );
}

function NodeRow(props: { row: MatrixRow; free: FreeFigures }): JSX.Element {
  const { t } = useTexts();
  const status = useStatus();
  const age = () => props.row.observedAt;
  return (
    <tr>
      <th scope="row">{props.row.node.name}</th>
      <For each={columns}>
        {(column) => <Cell row={props.row} column={column} free={props.free[column.id]} />}
      </For>
      <td class="n age">
        <Show when={age()} fallback={<StateMark mark="stale">{t('capacity.never')}</StateMark>}>
          {(at) => (
            <Show
              when={status.now() - at() > staleMilliseconds}
              fallback={<span class="dim small">{formatClock(at())}</span>}
            >
              <StateMark mark="stale">{formatClock(at())}</StateMark>
            </Show>
          )}
        </Show>
      </td>
    </tr>
  );
}

type FreeFigure = (amount: number) => string;
/** By column, so that all nodes of one column write free with the same number of decimals. */
type FreeFigures = Readonly<Record<Column['id'], FreeFigure>>;

function freeFiguresOf(rows: readonly MatrixRow[], pools: readonly PoolCapacity[]): FreeFigures {
  const of = (column: Column): FreeFigure =>
    resourceColumn(
      column.resource,
      [...rows.map((row) => row.pools), pools].map((some) => sumOf(some, column).free),
    );
  const [x86, arm, gpu, npu] = columns;
  return { x86: of(x86), arm: of(arm), gpu: of(gpu), npu: of(npu) };
}

/** The chosen figure first, the other one small at the right. */
function figures(
  sum: Sum,
  metric: 'occupancy' | 'free' | 'overcommit',
  freeFigure: FreeFigure,
): { first: string; second: string } {
  const occupancy = formatRatio(sum.allocated + sum.held, sum.supply);
  const free = freeFigure(sum.free);
  if (metric === 'free') return { first: free, second: occupancy };
  if (metric === 'overcommit')
    return {
      first:
        sum.physical === 0
          ? '—'
          : formatOvercommit(Math.round((sum.supply * 1_000) / sum.physical)),
      second: occupancy,
    };
  return { first: occupancy, second: free };
}

function Cell(props: { row: MatrixRow; column: Column; free: FreeFigure }): JSX.Element {
  const { t } = useTexts();
  const url = useCapacityQuery();
  const sum = () => sumOf(props.row.pools, props.column);
  const cell = () => formatCell({ node: props.row.node.code, column: props.column.id });
  const shown = () => figures(sum(), url.query().metric, props.free);
  return (
    <Show
      when={sum().supply > 0}
      fallback={
        <td class="none">
          <span aria-hidden="true">·</span>
          <span class="vh">{t('capacity.none')}</span>
        </td>
      }
    >
      <td class="c">
        <a
          class={`h${gradeOf(occupancyOf(sum()))}`}
          href={url.href({ cell: cell() })}
          aria-current={url.query().cell === cell() ? 'true' : undefined}
        >
          <span>
            {occupancyOf(sum()) >= warningShare ? '▲ ' : ''}
            <span class="vh">
              {t('capacity.cellOccupied', {
                node: props.row.node.name,
                column: props.column.label,
              })}{' '}
            </span>
            {shown().first}
          </span>
          <small>{shown().second}</small>
        </a>
      </td>
    </Show>
  );
}

function Total(props: {
  column: Column;
  pools: readonly PoolCapacity[];
  free: FreeFigure;
}): JSX.Element {
  const url = useCapacityQuery();
  const shown = () => figures(sumOf(props.pools, props.column), url.query().metric, props.free);
  return (
    <td class="c">
      <span class="total">
        <span class="n">{shown().first}</span>
        <small class="n">{shown().second}</small>
      </span>
    </td>
  );
}
