import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { Section } from '@yunheng/ui/facts';
import { Head } from '@yunheng/ui/table';
import type { DepartmentHome } from '../../api/types.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

const columns = ['cpu', 'memory', 'storage', 'gpu', 'npu'] as const;

export function SystemsSection(props: { home: DepartmentHome }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const shown = () =>
    columns.filter(
      (resource) =>
        resource === 'cpu' ||
        resource === 'memory' ||
        props.home.biggest.some((system) => (system.allocated[resource] ?? 0) > 0),
    );
  const figure = (resource: (typeof columns)[number]) =>
    resourceColumn(
      resource,
      props.home.biggest.map((system) => system.allocated[resource] ?? 0),
    );
  return (
    <Show when={props.home.biggest.length > 0}>
      <Section
        title={t('request.homeSystems')}
        note={t('request.homeSystemsNote')}
        actions={
          <a href={paths.systems({ department: props.home.department.id })}>
            {t('request.homeSystemsAll', { count: props.home.counts.systems })}
          </a>
        }
        bare
      >
        <table class="tbl cards">
          <thead>
            <tr>
              <Head>{t('request.system')}</Head>
              <Head>{t('request.environment')}</Head>
              <For each={shown()}>
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
            <For each={props.home.biggest}>
              {(system) => (
                <tr>
                  <td class="two">
                    <a class="row" href={paths.system(system.id)}>
                      <strong>{system.name}</strong>
                    </a>
                    <small>
                      <span class="mono">{system.code}</span>
                      {'　'}
                      {texts.word('protectionLevels', String(system.protectionLevel))}
                    </small>
                  </td>
                  <td data-l={t('request.environment')}>
                    {texts.names(
                      system.environments.map((environment) =>
                        texts.word('environments', environment),
                      ),
                    ) || '—'}
                  </td>
                  <For each={shown()}>
                    {(resource) => (
                      <td
                        class="n"
                        data-l={texts.t('shell.noted', {
                          name: texts.word('resources', resource),
                          note: resourceUnit(resource, texts.locale),
                        })}
                      >
                        {figure(resource)(system.allocated[resource] ?? 0)}
                      </td>
                    )}
                  </For>
                  <td class="n" data-l={t('request.openRequests')}>
                    {system.openRequests}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Section>
    </Show>
  );
}
