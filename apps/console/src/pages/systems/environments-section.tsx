import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { BalanceBar } from '@yunheng/ui/balance-bar';
import { LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { Head } from '@yunheng/ui/table';
import type { AllocationRow, SystemDetail } from '../../api/types.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

const marks: Readonly<Record<AllocationRow['state'], Mark>> = {
  opening: 'run',
  active: 'ok',
  suspended: 'warn',
  deleting: 'run',
  removed: 'end',
};
const usual: readonly ResourceName[] = ['cpu', 'memory', 'storage'];

/** One environment is one namespace for life: where it is, what it may use, what it uses. */
export function EnvironmentsSection(props: {
  detail: SystemDetail;
  mayRequest: boolean;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const rows = () => props.detail.allocations;
  const resources = (): ResourceName[] => [
    ...usual,
    ...(['gpu', 'npu'] as const).filter((resource) =>
      rows().some((row) => (row.allocated[resource] ?? 0) > 0),
    ),
  ];
  const figureOf = (resource: ResourceName) =>
    resourceColumn(
      resource,
      rows().flatMap((row) => [row.allocated[resource] ?? 0, row.used?.[resource] ?? 0]),
    );
  return (
    <Section title={t('request.systemEnvironments')} note={t('request.systemUsedNote')} bare>
      <Show
        when={rows().length > 0}
        fallback={
          <Empty title={t('request.systemNoEnvironments')}>
            {t('request.systemNoEnvironmentsHelp')}
          </Empty>
        }
      >
        <table class="tbl cards">
          <thead>
            <tr>
              <Head>{t('request.environment')}</Head>
              <Head>{t('request.state')}</Head>
              <Head>{t('request.cloudNode')}</Head>
              <For each={resources()}>
                {(resource) => (
                  <Head number unit={resourceUnit(resource, texts.locale)}>
                    {texts.word('resources', resource)}
                  </Head>
                )}
              </For>
              <Head>
                <span class="vh">{t('entry.actions')}</span>
              </Head>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <td class="two">
                    <strong>{texts.word('environments', row.environment)}</strong>
                    <small class="mono">{row.namespace}</small>
                  </td>
                  <td data-l={t('request.state')}>
                    <StateMark mark={marks[row.state]}>
                      {texts.word('allocationStates', row.state)}
                    </StateMark>
                  </td>
                  <td class="two" data-l={t('request.cloudNode')}>
                    {row.cloudNode.name}
                    <small>
                      {texts.dots([
                        texts.word('architectures', row.pool.arch),
                        texts.word('poolClasses', row.pool.poolClass),
                        row.cluster,
                      ])}
                    </small>
                  </td>
                  <For each={resources()}>
                    {(resource) => (
                      <Use row={row} resource={resource} figure={figureOf(resource)} />
                    )}
                  </For>
                  <td class="n">
                    <Show when={props.mayRequest && row.state === 'active'}>
                      <span class="acts acts-end">
                        <LinkButton
                          href={paths.newRequest(props.detail.system.department.id, {
                            system: props.detail.system.id,
                            kind: 'change',
                            allocation: row.id,
                          })}
                        >
                          {t('request.systemChange')}
                        </LinkButton>
                        <LinkButton
                          href={paths.newRequest(props.detail.system.department.id, {
                            system: props.detail.system.id,
                            kind: 'release',
                            allocation: row.id,
                          })}
                        >
                          {t('request.systemRelease')}
                        </LinkButton>
                      </span>
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </Section>
  );
}

function Use(props: {
  row: AllocationRow;
  resource: ResourceName;
  figure: (amount: number) => string;
}): JSX.Element {
  const texts = useTexts();
  const hard = () => props.row.allocated[props.resource] ?? 0;
  const used = () => props.row.used?.[props.resource];
  const figure = (amount: number) => props.figure(amount);
  return (
    <td
      data-l={texts.t('shell.noted', {
        name: texts.word('resources', props.resource),
        note: resourceUnit(props.resource, texts.locale),
      })}
    >
      <div class="use">
        <span class="n">
          {used() === undefined ? '—' : figure(used() ?? 0)} / {figure(hard())}
        </span>
        <Show when={hard() > 0 && used() !== undefined}>
          <BalanceBar
            size="sm"
            total={hard()}
            parts={[{ part: 'used', amount: Math.min(used() ?? 0, hard()) }]}
            label={texts.t('request.barUse', {
              used:
                used() === undefined
                  ? texts.t('shell.missing')
                  : texts.resource(props.resource, used() ?? 0),
              hard: texts.resource(props.resource, hard()),
            })}
          />
        </Show>
      </div>
    </td>
  );
}
