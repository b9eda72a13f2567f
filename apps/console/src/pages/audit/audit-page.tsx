import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatInstantSeconds } from '@yunheng/messages/format/time';
import { LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { Notice } from '@yunheng/ui/notice';
import { StateMark } from '@yunheng/ui/state-mark';
import { Head, ScrollX } from '@yunheng/ui/table';
import { Time } from '@yunheng/ui/time';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import type { AuditRow } from '../../api/types.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFoot } from '../../parts/page-foot.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TableSkeleton } from '../../parts/table-skeleton.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { AuditDrawer } from './audit-drawer.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { actionWord, actorWord, sourceWord } from './audit-words.ts';
import { instantsOf, useAuditQuery } from './audit-query.ts';
import { SubjectRef } from './subject-ref.tsx';
import { VerifyActions } from './verify-actions.tsx';
import './audit.css';

const size = 50;

export default function AuditPage(): JSX.Element {
  const { t } = useTexts();
  const url = useAuditQuery();
  const session = useSession();
  const query = useProcedure({
    name: 'audit.list',
    input: () => {
      const { actor, object, action, outcome, by, page } = url.query();
      const whose = by === 'all' ? undefined : by;
      return { actor, object, action, outcome, by: whose, ...instantsOf(url.query()), page, size };
    },
    call: (input, options) => api.audit.list.query(input, options),
    everyMilliseconds: 15_000,
  });
  useDataAge(() => valueOf(query)?.at);
  const filtered = () => {
    const { actor, object, action, outcome, by, from, to } = url.query();
    const chosen = [actor, object, action, outcome, from, to];
    return by !== 'people' || chosen.some((value) => value !== undefined);
  };
  const chosen = () => valueOf(query)?.rows.find((row) => row.id === url.query().item);
  return (
    <>
      <PageHead
        title={t('admin.auditTitle')}
        sub={t('admin.auditSub')}
        actions={<VerifyActions />}
      />
      <Show when={session.hasRole('auditor')}>
        <div class="stale-notice">
          <Notice title={t('shell.readOnly')}>
            <p>{t('shell.readOnlyHelp')}</p>
          </Notice>
        </div>
      </Show>
      <AuditFilters filtered={filtered()} />
      <Loaded query={query} skeleton={<TableSkeleton columns={7} />}>
        {(page) => (
          <Show when={page().rows.length > 0} fallback={<Nothing filtered={filtered()} />}>
            <ScrollX label={t('admin.auditTitle')}>
              <table class="tbl audit">
                <thead>
                  <tr>
                    <Head number>{t('admin.auditSeq')}</Head>
                    <Head>{t('admin.auditAt')}</Head>
                    <Head>{t('admin.auditActor')}</Head>
                    <Head>{t('admin.auditAction')}</Head>
                    <Head>{t('admin.auditOutcome')}</Head>
                    <Head>{t('admin.auditSubject')}</Head>
                    <Head>{t('admin.auditSource')}</Head>
                  </tr>
                </thead>
                <tbody>
                  <For each={page().rows}>{(row) => <AuditLine row={row} />}</For>
                </tbody>
              </table>
            </ScrollX>
            <PageFoot
              total={page().total}
              page={page().page}
              size={page().size}
              hrefOf={(next) => url.href({ page: next, item: undefined })}
            />
          </Show>
        )}
      </Loaded>
      <AuditDrawer row={chosen()} onClose={() => url.go({ item: undefined })} />
    </>
  );
}

function Nothing(props: { filtered: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <Show
      when={props.filtered}
      fallback={<Empty title={t('admin.auditNone')}>{t('admin.auditNoneHelp')}</Empty>}
    >
      <Empty
        title={t('shell.resultsFiltered')}
        actions={<LinkButton href={paths.audit()}>{t('shell.clearFilters')}</LinkButton>}
      >
        {t('shell.resultsFilteredHelp')}
      </Empty>
    </Show>
  );
}

function AuditLine(props: { row: AuditRow }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useAuditQuery();
  return (
    <tr aria-selected={url.query().item === props.row.id ? 'true' : undefined}>
      <td class="n">
        <a class="row" href={url.href({ item: props.row.id })}>
          {props.row.seq ?? t('admin.auditUnsealed')}
        </a>
      </td>
      <td class="nowrap n-left">
        <Time at={props.row.at}>{formatInstantSeconds(props.row.at)}</Time>
      </td>
      <td class="nowrap">{actorWord(props.row, texts)}</td>
      <td class="nowrap audit-action">
        <span>{actionWord(props.row, texts)}</span>
        <code>{props.row.action}</code>
      </td>
      <td class="nowrap">
        <StateMark mark={props.row.outcome === 'done' ? 'ok' : 'bad'}>
          {texts.word('outcomes', props.row.outcome)}
        </StateMark>
        <Show when={props.row.errorCode}>
          {(code) => (
            <small class="l2">
              <code>{code()}</code>
            </small>
          )}
        </Show>
      </td>
      <td>
        <SubjectRef of={props.row} />
      </td>
      <td class="nowrap">{sourceWord(props.row, texts)}</td>
    </tr>
  );
}
