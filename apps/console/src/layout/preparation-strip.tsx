import { For, Show, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort, formatSpan } from '@yunheng/messages/format/time';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { useStatus } from '../api/status.tsx';
import type { SystemStatus } from '../api/types.ts';
import { useTexts } from '../text/texts.ts';

type Cluster = SystemStatus['clusters'][number];

const marks: Readonly<Record<Cluster['state'], Mark>> = {
  preparing: 'run',
  ready: 'ok',
  away: 'warn',
  none: 'wait',
};

/** Pages that fill the screen take the height of the strip off theirs. */
function measureStrip(strip: HTMLElement): void {
  const root = document.documentElement.style;
  const observer = new ResizeObserver(() =>
    root.setProperty('--strip-h', `${strip.offsetHeight}px`),
  );
  observer.observe(strip);
  onCleanup(() => {
    observer.disconnect();
    root.removeProperty('--strip-h');
  });
}

/** Says what the clusters are doing while they are not simply there: which step of how many, and since when. */
export function PreparationStrip(): JSX.Element {
  const { t } = useTexts();
  const { status } = useStatus();
  const notReady = () =>
    (status()?.clusters ?? []).filter(
      (cluster) => cluster.state === 'preparing' || cluster.state === 'away',
    );
  const without = () => (status()?.clusters ?? []).some((cluster) => cluster.state === 'none');
  const backlog = () => (status()?.backlog ?? 0) > 0;
  return (
    <Show when={notReady().length > 0 || without() || backlog()}>
      <aside class="strip" role="status" ref={measureStrip}>
        <ul>
          <For each={notReady()}>
            {(cluster) => (
              <li>
                <ClusterLine cluster={cluster} />
              </li>
            )}
          </For>
          <Show when={without()}>
            <li>
              <StateMark mark="wait">{t('shell.noClusters')}</StateMark>
            </li>
          </Show>
          <Show when={notReady().some((cluster) => cluster.state === 'preparing')}>
            <li class="sub">{t('shell.preparingHelp')}</li>
          </Show>
          <Show when={notReady().length === 0 && backlog()}>
            <li>
              <StateMark mark="run">
                {t('shell.backlog', { count: status()?.backlog ?? 0 })}
              </StateMark>
            </li>
          </Show>
        </ul>
      </aside>
    </Show>
  );
}

function ClusterLine(props: { cluster: Cluster }): JSX.Element {
  const texts = useTexts();
  const { now } = useStatus();
  const text = () => {
    const { step, name, lastSeenAt } = props.cluster;
    if (step !== null && props.cluster.state === 'preparing') {
      return texts.t('shell.preparing', {
        name,
        step: texts.word('preparation', step.code),
        index: step.index,
        total: step.total,
        span: formatSpan(now() - step.since, texts.locale),
      });
    }
    return lastSeenAt === null
      ? texts.t('shell.clusterAwayNever', { name })
      : texts.t('shell.clusterAway', { name, time: formatShort(lastSeenAt) });
  };
  return <StateMark mark={marks[props.cluster.state]}>{text()}</StateMark>;
}
