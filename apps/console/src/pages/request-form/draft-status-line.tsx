import { Match, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatClockSeconds } from '@yunheng/messages/format/time';
import { StateMark } from '@yunheng/ui/state-mark';
import { useTexts } from '../../text/texts.ts';
import type { DraftStatus } from './use-draft.ts';

export function DraftStatusLine(props: { status: DraftStatus }): JSX.Element {
  const { t } = useTexts();
  const savedAt = () => (props.status.kind === 'saved' ? props.status.at : undefined);
  return (
    <span role="status">
      <Switch>
        <Match when={savedAt()}>
          {(at) => <>{t('request.formSaved', { time: formatClockSeconds(at()) })}</>}
        </Match>
        <Match when={props.status.kind === 'saving'}>{t('request.formSaving')}</Match>
        <Match when={props.status.kind === 'local'}>
          <StateMark mark="draft">{t('request.formSavedLocal')}</StateMark>
        </Match>
      </Switch>
    </span>
  );
}
