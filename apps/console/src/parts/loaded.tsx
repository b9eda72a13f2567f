import { Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Loading } from '@yunheng/ui/empty';
import { Notice } from '@yunheng/ui/notice';
import type { Query } from '../api/query.ts';
import { failureOf } from '../api/failure.ts';
import { presentError } from '../present-error.ts';
import { useTexts } from '../text/texts.ts';
import { NotHere } from './not-here.tsx';

export type LoadedProps<T> = {
  query: Query<T>;
  /** In the geometry of what comes; the head and the filters are already there. */
  skeleton?: JSX.Element;
  children: (value: () => T) => JSX.Element;
};

/** What a reading shows: nothing for a moment, skeleton, value, or what failed. Old rows stay under the notice. */
export function Loaded<T>(props: LoadedProps<T>): JSX.Element {
  const { t } = useTexts();
  const value = () => (props.query.isPending ? undefined : props.query.data);
  const hasValue = () => value() !== undefined;
  // Without any answer the frame says so once, for all regions.
  const isOutdated = () => props.query.isError && failureOf(props.query.error).kind !== 'network';
  return (
    <Switch fallback={<Loading word={t('shell.loading')}>{props.skeleton}</Loading>}>
      <Match when={hasValue()}>
        <Show when={isOutdated()}>
          <div class="stale-notice">
            <ReadError query={props.query} />
          </div>
        </Show>
        {props.children(() => value() as T)}
      </Match>
      <Match when={props.query.isError}>
        <ReadError query={props.query} />
      </Match>
    </Switch>
  );
}

function ReadError(props: { query: Query<unknown> }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const presented = () => presentError(props.query.error, texts);
  const gone = () =>
    presented().failure.kind === 'not_found' || presented().failure.kind === 'forbidden';
  const title = () =>
    props.query.dataUpdatedAt > 0
      ? t('shell.staleTitle', { time: formatShort(props.query.dataUpdatedAt) })
      : t('shell.errorTitle');
  return (
    <Show when={!gone()} fallback={<NotHere />}>
      <Notice
        tone="bad"
        alert
        title={title()}
        actions={<Button onClick={() => void props.query.refetch()}>{t('shell.retry')}</Button>}
      >
        <p>{presented().text}</p>
        <p class="small mono">{presented().reference}</p>
      </Notice>
    </Show>
  );
}
