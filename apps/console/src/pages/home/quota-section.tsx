import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { BalanceBar } from '@yunheng/ui/balance-bar';
import { Equation } from '@yunheng/ui/equation';
import { Section } from '@yunheng/ui/facts';
import type { DepartmentHome } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';

type Quota = DepartmentHome['quota'][number];

/** The entitlement of the department as a sum that adds up, one resource each. */
export function QuotaSection(props: { quota: readonly Quota[] }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const said = (quota: Quota, amount: number) => texts.resource(quota.resource, amount);
  const figure = ({ resource, entitled, allocated, held, free }: Quota, amount: number) =>
    resourceColumn(resource, [entitled, allocated, held, free])(amount);
  return (
    <Section title={t('request.homeQuota')} note={t('request.homeQuotaNote')}>
      <div class="quota-rows">
        <For each={props.quota}>
          {(quota) => (
            <div>
              <h3>{texts.word('resources', quota.resource)}</h3>
              <Equation
                column
                terms={[
                  {
                    label: t('request.entitled'),
                    figure: figure(quota, quota.entitled),
                    unit: resourceUnit(quota.resource, texts.locale),
                  },
                  {
                    label: t('request.allocated'),
                    figure: figure(quota, quota.allocated),
                    mark: 'alloc',
                    sign: '=',
                  },
                  {
                    label: t('request.held'),
                    figure: figure(quota, quota.held),
                    mark: 'held',
                    sign: '+',
                  },
                  {
                    label: t('request.freeQuota'),
                    figure: figure(quota, quota.free),
                    mark: 'free',
                    sign: '+',
                  },
                ]}
              />
              <BalanceBar
                total={quota.entitled}
                parts={[
                  { part: 'alloc', amount: quota.allocated },
                  { part: 'held', amount: quota.held },
                ]}
                label={t('request.barQuota', {
                  entitled: said(quota, quota.entitled),
                  allocated: said(quota, quota.allocated),
                  held: said(quota, quota.held),
                  free: said(quota, quota.free),
                })}
              />
            </div>
          )}
        </For>
      </div>
    </Section>
  );
}
