import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatRatio } from '@yunheng/messages/format/ratio';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { Equation } from '@yunheng/ui/equation';
import type { CapacityOverview } from '../../api/types.ts';
import { PoolBar } from '../../parts/pool-bar.tsx';
import { useTexts } from '../../text/texts.ts';
import { columns, sumOf } from './capacity-model.ts';

/** The whole scope as four sums that add up. */
export function CapacitySums(props: { overview: CapacityOverview }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <section class="sums" aria-label={t('capacity.sums')}>
      <For each={columns}>
        {(column) => {
          const sum = () => sumOf(props.overview.pools, column);
          const figure = (amount: number) => {
            const { supply, allocated, held, free } = sum();
            return resourceColumn(column.resource, [supply, allocated, held, free])(amount);
          };
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
