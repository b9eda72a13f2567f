import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useParams } from '@solidjs/router';
import { Section } from '@yunheng/ui/facts';
import { Steps } from '@yunheng/ui/steps';
import { api } from '../../api/client.ts';
import { useReadNoticesOf } from '../../api/notices.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useStatus } from '../../api/status.tsx';
import type { RequestDetail } from '../../api/types.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { amountsText } from '../../parts/amount.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { RequestActions } from './request-actions.tsx';
import { RequestLedger } from './request-ledger.tsx';
import { RequestLines } from './request-lines.tsx';
import { stepsOf } from './request-steps.ts';
import { RequestTrail } from './request-trail.tsx';
import { TaskStanding } from './task-standing.tsx';
import { useWatch } from './use-watch.ts';
import './request.css';

export default function RequestPage(): JSX.Element {
  const { t } = useTexts();
  const status = useStatus();
  const params = useParams<{ id: string }>();
  const query = useProcedure({
    name: 'requests.get',
    input: () => ({ id: params.id }),
    call: (input, options) => api.requests.get.query(input, options),
    // The subscription says when to read again; this is for the time while it is broken.
    everyMilliseconds: 15_000,
  });
  const watch = useWatch(() => params.id);
  useDataAge(() => valueOf(query)?.at);
  useReadNoticesOf(() => params.id);
  return (
    <Loaded query={query} skeleton={<PageHead title={t('request.number')} />}>
      {(detail) => <Paper detail={detail()} connected={watch.connected() && status.reachable()} />}
    </Loaded>
  );
}

function Paper(props: { detail: RequestDetail; connected: boolean }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const status = useStatus();
  const request = () => props.detail.request;
  const number = () => request().number ?? t('request.draftNumber');
  return (
    <>
      <PageHead
        title={number()}
        mark={
          <RequestStateMark
            kind={request().kind}
            state={request().state}
            stepCode={request().stepCode}
            taskState={request().taskState}
            taskKind={props.detail.tasks[0]?.kind}
          />
        }
        crumbs={[
          {
            label: request().department.name,
            href: paths.requests({ department: request().department.id }),
          },
          { label: t('shell.requests'), href: paths.requests() },
        ]}
        sub={[
          texts.word('requestKinds', request().kind),
          request().system.name,
          texts.word('environments', request().environment),
          ...request().cloudNodes,
        ].join('　')}
        actions={<RequestActions detail={props.detail} />}
      />
      <Steps
        label={t('request.detailProgress')}
        steps={stepsOf(props.detail, texts, status.now())}
      />
      <TaskStanding detail={props.detail} />
      <div class="cols">
        <div class="stack">
          <RequestLines detail={props.detail} />
          <Section title={t('request.detailReason')} note={<Policy detail={props.detail} />}>
            <p class="reason">{props.detail.reason || amountsText(texts, request().amounts)}</p>
          </Section>
          <RequestLedger detail={props.detail} />
        </div>
        <aside class="aside">
          <RequestTrail detail={props.detail} connected={props.connected} />
        </aside>
      </div>
    </>
  );
}

function Policy(props: { detail: RequestDetail }): JSX.Element {
  const { t } = useTexts();
  return (
    <Show when={props.detail.policy}>
      {(policy) => (
        <>
          {t('request.detailPolicy', {
            revision: policy().revision,
            clause: policy().clause,
          })}
        </>
      )}
    </Show>
  );
}
