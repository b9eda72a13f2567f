import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatOvercommit, formatRatio } from '@yunheng/messages/format/ratio';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { formatShort } from '@yunheng/messages/format/time';
import { Equation } from '@yunheng/ui/equation';
import { StateMark } from '@yunheng/ui/state-mark';
import { api } from '../../api/client.ts';
import { useProcedure } from '../../api/query.ts';
import type { PoolDetail } from '../../api/types.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PoolBar, warningShare } from '../../parts/pool-bar.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { isInColumn, occupancyOf, sumOf } from './capacity-model.ts';
import type { Column, MatrixRow } from './capacity-model.ts';

export type Chosen = { row: MatrixRow; column: Column };

/** The account behind one cell: how free comes out of physical, and who holds the rest. */
export function CellPanel(props: { chosen: Chosen | undefined }): JSX.Element {
  const { t } = useTexts();
  return (
    <aside class="aside panel">
      <Show when={props.chosen} fallback={<p class="sub">{t('capacity.choose')}</p>}>
        {(chosen) => (
          <>
            <Account chosen={chosen()} />
            <For each={chosen().row.pools.filter((pool) => isInColumn(pool, chosen().column.id))}>
              {(pool) => <Holders poolId={pool.pool.id} column={chosen().column} />}
            </For>
          </>
        )}
      </Show>
    </aside>
  );
}

function Account(props: { chosen: Chosen }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const sum = () => sumOf(props.chosen.row.pools, props.chosen.column);
  const resource = () => props.chosen.column.resource;
  const figure = (amount: number) => {
    const { physical, supply, allocated, held, free } = sum();
    return resourceColumn(resource(), [physical, supply, allocated, held, free])(amount);
  };
  const unit = () => resourceUnit(resource(), texts.locale);
  const isOver = () => occupancyOf(sum()) >= warningShare;
  const overcommit = () =>
    sum().physical === 0
      ? '—'
      : formatOvercommit(Math.round((sum().supply * 1_000) / sum().physical));
  return (
    <section>
      <h2>
        {props.chosen.row.node.name}
        {'　'}
        {props.chosen.column.label}
        {'　'}
        <StateMark mark={isOver() ? 'warn' : 'ok'}>
          {isOver() ? t('capacity.overWarning') : t('capacity.underWarning')}
        </StateMark>
      </h2>
      <Equation
        column
        terms={[
          { label: t('capacity.physical'), figure: figure(sum().physical), unit: unit() },
          { label: t('capacity.overcommit'), figure: overcommit(), sign: '×' },
          { label: t('capacity.promised'), figure: figure(sum().supply), unit: unit(), sign: '=' },
          {
            label: t('capacity.allocated'),
            figure: figure(sum().allocated),
            mark: 'alloc',
            sign: '−',
          },
          { label: t('capacity.held'), figure: figure(sum().held), mark: 'held', sign: '−' },
          {
            label: t('capacity.free'),
            figure: figure(sum().free),
            unit: unit(),
            mark: 'free',
            sign: '=',
            sum: true,
          },
        ]}
      />
      <PoolBar
        resource={resource()}
        supply={sum().supply}
        allocated={sum().allocated}
        held={sum().held}
        size="md"
      />
    </section>
  );
}

const shownHolders = 12;

function Holders(props: { poolId: string; column: Column }): JSX.Element {
  const { t } = useTexts();
  const query = useProcedure({
    name: 'estate.pool',
    input: () => ({ poolId: props.poolId }),
    call: (input, options) => api.estate.pool.query(input, options),
  });
  return (
    <Loaded query={query}>
      {(detail) => (
        <>
          <Other detail={detail()} column={props.column} />
          <section>
            <h3>{t('capacity.holders')}</h3>
            <p class="small dim">
              <span class="mono">{detail().capacity.pool.code}</span>
              {'　'}
              {detail().capacity.cluster}
              {'　'}
              {t('capacity.workers', { count: detail().workers })}
            </p>
            <HolderList detail={detail()} column={props.column} />
          </section>
        </>
      )}
    </Loaded>
  );
}

function HolderList(props: { detail: PoolDetail; column: Column }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const holders = () =>
    props.detail.holders
      .filter((holder) => holder.resource === props.column.resource)
      .toSorted((a, b) => b.amount - a.amount)
      .slice(0, shownHolders);
  const others = () =>
    props.detail.othersSummary.filter((other) => other.resource === props.column.resource);
  const said = (amount: number) => texts.resource(props.column.resource, amount);
  return (
    <ul class="who-list">
      <For each={holders()}>
        {(holder) => (
          <li>
            <StateMark mark={holder.kind === 'held' ? 'hold' : 'ok'}>
              <Show when={holder.systemId} fallback={holder.label}>
                {(id) => <a href={paths.system(id())}>{holder.label}</a>}
              </Show>
            </StateMark>
            <span class="n">{said(holder.amount)}</span>
          </li>
        )}
      </For>
      <For each={others()}>
        {(other) => (
          <li>
            <StateMark mark={other.kind === 'held' ? 'hold' : 'ok'}>
              {other.kind === 'held'
                ? t('capacity.othersHeld', { count: other.count })
                : t('capacity.othersAllocated', { count: other.count })}
            </StateMark>
            <span class="n">{said(other.amount)}</span>
            <Show when={other.earliestExpiry}>
              {(until) => (
                <span class="small">
                  {t('request.refusalUntil', { time: formatShort(until()) })}
                </span>
              )}
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

/** The other resources of the same pool, in short. */
function Other(props: { detail: PoolDetail; column: Column }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const cells = () =>
    props.detail.capacity.cells.filter(
      (cell) => cell.resource !== props.column.resource && cell.supply > 0,
    );
  return (
    <Show when={cells().length > 0}>
      <section>
        <h3>{t('capacity.resources')}</h3>
        <ul class="who-list">
          <For each={cells()}>
            {(cell) => (
              <li>
                <span>{texts.word('resources', cell.resource)}</span>
                <span class="n">{formatRatio(cell.allocated + cell.held, cell.supply)}</span>
                <div class="wide-bar">
                  <PoolBar
                    resource={cell.resource}
                    supply={cell.supply}
                    allocated={cell.allocated}
                    held={cell.held}
                    size="sm"
                  />
                </div>
                <span class="small">
                  {t('request.formFree', { free: texts.resource(cell.resource, cell.free) })}
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
