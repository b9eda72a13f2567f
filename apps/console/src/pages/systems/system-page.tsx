import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useParams } from '@solidjs/router';
import { formatInstant } from '@yunheng/messages/format/time';
import { LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Section } from '@yunheng/ui/facts';
import { Head } from '@yunheng/ui/table';
import { Time } from '@yunheng/ui/time';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import type { SystemDetail } from '../../api/types.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { amountsText } from '../../parts/amount.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { EnvironmentsSection } from './environments-section.tsx';
import './systems.css';

export default function SystemPage(): JSX.Element {
  const params = useParams<{ id: string }>();
  const query = useProcedure({
    name: 'systems.get',
    input: () => ({ id: params.id }),
    call: (input, options) => api.systems.get.query(input, options),
    everyMilliseconds: 15_000,
  });
  useDataAge(() => valueOf(query)?.at);
  return <Loaded query={query}>{(detail) => <System detail={detail()} />}</Loaded>;
}

function System(props: { detail: SystemDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const session = useSession();
  const system = () => props.detail.system;
  const mayRequest = () =>
    session.hasRole('applicant') &&
    session.departments().some((department) => department.id === system().department.id);
  return (
    <>
      <PageHead
        title={system().name}
        crumbs={[
          {
            label: system().department.name,
            href: paths.systems({ department: system().department.id }),
          },
          { label: t('request.systemsTitle'), href: paths.systems() },
        ]}
        sub={[
          system().code,
          texts.word('protectionLevels', String(system().protectionLevel)),
          texts.word('drTiers', system().drTier),
        ].join('　')}
        actions={
          <Show when={mayRequest()}>
            <LinkButton
              kind="primary"
              href={paths.newRequest(system().department.id, { system: system().id })}
            >
              {t('shell.newRequest')}
            </LinkButton>
          </Show>
        }
      />
      <div class="stack">
        <EnvironmentsSection detail={props.detail} mayRequest={mayRequest()} />
        <Requests detail={props.detail} />
        <Grants detail={props.detail} />
      </div>
    </>
  );
}

function Requests(props: { detail: SystemDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <Section
      title={t('request.systemRequests')}
      actions={<a href={paths.requests({ system: props.detail.system.id })}>{t('shell.all')}</a>}
      bare
    >
      <Show
        when={props.detail.requests.length > 0}
        fallback={<Empty title={t('request.homeNone')} />}
      >
        <table class="tbl cards">
          <thead>
            <tr>
              <Head>{t('request.number')}</Head>
              <Head>{t('request.state')}</Head>
              <Head>{t('request.kind')}</Head>
              <Head>{t('request.environment')}</Head>
              <Head>{t('request.submittedAt')}</Head>
            </tr>
          </thead>
          <tbody>
            <For each={props.detail.requests}>
              {(row) => (
                <tr>
                  <td>
                    <a
                      class="row"
                      href={
                        row.state === 'draft'
                          ? paths.newRequest(props.detail.system.department.id, { from: row.id })
                          : paths.request(row.id)
                      }
                    >
                      {row.number ?? t('request.draftNumber')}
                    </a>
                  </td>
                  <td data-l={t('request.state')}>
                    <RequestStateMark kind={row.kind} state={row.state} />
                  </td>
                  <td data-l={t('request.kind')}>{texts.word('requestKinds', row.kind)}</td>
                  <td data-l={t('request.environment')}>
                    {texts.word('environments', row.environment)}
                  </td>
                  <td data-l={t('request.submittedAt')}>
                    <Show
                      when={row.submittedAt}
                      fallback={<span class="vh">{t('shell.none')}</span>}
                    >
                      {(at) => <Time at={at()}>{formatInstant(at())}</Time>}
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

function Grants(props: { detail: SystemDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <Show when={props.detail.grants.length > 0}>
      <Section title={t('request.systemGrants')} bare>
        <table class="tbl cards">
          <thead>
            <tr>
              <Head>{t('request.amounts')}</Head>
              <Head>{t('request.systemGrantFrom')}</Head>
              <Head>{t('request.systemGrantTo')}</Head>
            </tr>
          </thead>
          <tbody>
            <For each={props.detail.grants}>
              {(grant) => (
                <tr>
                  <td>
                    <a class="row" href={paths.request(grant.requestId)}>
                      {amountsText(texts, grant.amounts)}
                    </a>
                  </td>
                  <td data-l={t('request.systemGrantFrom')}>
                    {formatInstant(grant.effectiveFrom)}
                  </td>
                  <td data-l={t('request.systemGrantTo')}>
                    {grant.effectiveTo === null ? '—' : formatInstant(grant.effectiveTo)}
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
