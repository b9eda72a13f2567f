import { For, Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { errorText } from '@yunheng/messages/error-text';
import { formatShort } from '@yunheng/messages/format/time';
import { Notice } from '@yunheng/ui/notice';
import type { RequestDetail, TaskView } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';

/** What the provisioning rests on, on top of the paper: what is the matter, who has to do what, and until when. */
export function TaskStanding(props: { detail: RequestDetail }): JSX.Element {
  return (
    <For each={props.detail.tasks}>
      {(task) => (
        <Switch>
          <Match when={task.state === 'failed'}>
            <Failed task={task} mayRetry={props.detail.actions.retry?.allowed === true} />
          </Match>
          <Match when={task.state === 'waiting_vacate'}>
            <ToVacate task={task} />
          </Match>
          <Match when={task.state === 'waiting_cluster'}>
            <Away task={task} />
          </Match>
        </Switch>
      )}
    </For>
  );
}

function Failed(props: { task: TaskView; mayRetry: boolean }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const step = () =>
    props.task.step === null
      ? t('request.failedAtStart')
      : t('request.failedAfter', { step: texts.word('taskSteps', props.task.step) });
  // A release holds nothing, and gives back only at its end.
  const movesNothing = () => props.task.kind === 'release' || props.task.kind === 'restore';
  return (
    <div class="standing">
      <Notice tone="bad" title={t('request.failedTitle')}>
        <p>
          {props.task.errorCode === null
            ? t('request.detailTaskFailed')
            : errorText(texts.locale, texts.dictionary, {
                code: props.task.errorCode,
                params: { cluster: props.task.cluster, ...props.task.errorParams },
              })}
        </p>
        <p>
          {step()}
          {t(movesNothing() ? 'request.failedKeptRelease' : 'request.failedKept')}
        </p>
        <Owner task={props.task} />
        <p>{t(props.mayRetry ? 'request.failedRetryYou' : 'request.failedRetryThey')}</p>
      </Notice>
    </div>
  );
}

function ToVacate(props: { task: TaskView }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <div class="standing">
      <Notice tone="warn" title={t('request.vacateTitle')}>
        <Show
          when={props.task.overUse}
          fallback={<p>{t('request.vacateUnknown', { cluster: props.task.cluster })}</p>}
        >
          {(over) => (
            <ul>
              <For each={over()}>
                {(use) => (
                  <li>
                    {t('request.vacateOver', {
                      resource: texts.word('resources', use.resource),
                      used: texts.resource(use.resource, use.used),
                      limit: texts.resource(use.resource, use.limit),
                      over: texts.resource(use.resource, use.used - use.limit),
                    })}
                  </li>
                )}
              </For>
            </ul>
          )}
        </Show>
        <p>{t('request.detailTaskVacate')}</p>
        <Owner task={props.task} />
      </Notice>
    </div>
  );
}

function Away(props: { task: TaskView }): JSX.Element {
  const { t } = useTexts();
  return (
    <div class="standing">
      <Notice tone="warn" title={t('request.awayTitle', { cluster: props.task.cluster })}>
        <p>{t('request.awayHelp')}</p>
      </Notice>
    </div>
  );
}

function Owner(props: { task: TaskView }): JSX.Element {
  const texts = useTexts();
  return (
    <p>
      {texts.t('request.standingOwner', {
        owner: texts.word('roles', props.task.ownerRole),
        time: formatShort(props.task.deadlineAt),
      })}
    </p>
  );
}
