import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatInstant } from '@yunheng/messages/format/time';
import { Empty } from '@yunheng/ui/empty';
import { Section } from '@yunheng/ui/facts';
import { Time } from '@yunheng/ui/time';
import type { DepartmentHome } from '../../api/types.ts';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

export function RecentSection(props: { home: DepartmentHome }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const href = (row: DepartmentHome['recent'][number]) =>
    row.state === 'draft'
      ? paths.newRequest(props.home.department.id, { from: row.id })
      : paths.request(row.id);
  return (
    <Section
      title={t('request.homeRunning')}
      note={t('request.homeRunningCount', {
        review: props.home.counts.inReview,
        provisioning: props.home.counts.provisioning,
      })}
      actions={
        <a href={paths.requests({ department: props.home.department.id })}>{t('shell.all')}</a>
      }
      bare
    >
      <Show
        when={props.home.recent.length > 0}
        fallback={<Empty title={t('request.homeNone')}>{t('request.homeNoneHelp')}</Empty>}
      >
        <ul class="run-list body body-flush">
          <For each={props.home.recent}>
            {(row) => (
              <li>
                <a class="row" href={href(row)}>
                  {row.number ?? t('request.draftNumber')}
                  {'　'}
                  {texts.word('requestKinds', row.kind)}
                  {'　'}
                  {row.system.name}
                </a>
                <span class="r">
                  <RequestStateMark
                    kind={row.kind}
                    state={row.state}
                    stepCode={row.stepCode}
                    taskState={props.home.open.find(({ id }) => id === row.id)?.taskState}
                  />
                </span>
                <span class="small dim">
                  {t('request.updatedAt')}{' '}
                  <Time at={row.updatedAt}>{formatInstant(row.updatedAt)}</Time>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Section>
  );
}
