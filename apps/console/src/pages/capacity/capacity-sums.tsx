import { For, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatRatio } from '@yunheng/messages/format/ratio';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { Equation } from '@yunheng/ui/equation';
import type { CapacityOverview } from '../../api/types.ts';
import { PoolBar } from '../../parts/pool-bar.tsx';
import { useTexts } from '../../text/texts.ts';
import { columns, sumOf } from './capacity-model.ts';
import type { Column } from './capacity-model.ts';

/** The whole scope as four sums that add up. */
export function CapacitySums(props: { overview: CapacityOverview }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  // The sums of one resource stand beside each other: x86 and ARM are written with the same decimals.
  const figures = createMemo(() => {
    const of = ({ resource }: Column) =>
      resourceColumn(
        resource,
        columns
          .filter((column) => column.resource === resource)
          .flatMap((column) => {
            const { supply, allocated, held, free } = sumOf(props.overview.pools, column);
            return [supply, allocated, held, free];
          }),
      );
    const [x86, arm, gpu, npu] = columns;
    return { x86: of(x86), arm: of(arm), gpu: of(gpu), npu: of(npu) };
  });
  return (
    <section class="sums" aria-label={t('capacity.sums')}>
      <For each={columns}>
        {(column) => {
          const sum = () => sumOf(props.overview.pools, column);
          const figure = (amount: number) => figures()[column.id](amount);
          return (
            <div>
              <h2>
                <b>{column.label}</b>
                {t('capacity.occupied')}
                <span class="n">{formatRatio(sum().allocated + sum().held, sum().supply)}</span>
              </h2>
              <Equation
                column
                terms={[
                  {
                    label: t('capacity.promised'),
                    figure: figure(sum().supply),
                    unit: resourceUnit(column.resource, texts.locale),
                  },
                  {
                    label: t('capacity.allocated'),
                    figure: figure(sum().allocated),
                    mark: 'alloc',
                    sign: '=',
                  },
                  {
                    label: t('capacity.held'),
                    figure: figure(sum().held),
                    mark: 'held',
                    sign: '+',
                  },
                  {
                    label: t('capacity.free'),
                    figure: figure(sum().free),
                    mark: 'free',
                    sign: '+',
                  },
                ]}
              />
              <PoolBar
                resource={column.resource}
                supply={sum().supply}
                allocated={sum().allocated}
                held={sum().held}
              />
            </div>
          );
        }}
      </For>
    </section>
  );
}
