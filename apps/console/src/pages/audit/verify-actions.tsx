import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatCount } from '@yunheng/messages/format/number';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { Notice } from '@yunheng/ui/notice';
import { StateMark } from '@yunheng/ui/state-mark';
import { Head, ScrollX } from '@yunheng/ui/table';
import { api } from '../../api/client.ts';
import type { AuditVerify, Verification } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';

/** Two questions an auditor may always ask: is the chain whole, and do the laws hold. */
export function VerifyActions(): JSX.Element {
  const { t } = useTexts();
  const [chain, setChain] = createSignal<AuditVerify>();
  const [laws, setLaws] = createSignal<Verification>();
  const verifyChain = createAct(async () => void setChain(await api.audit.verify.query({})));
  const verifyLaws = createAct(async () => void setLaws(await api.audit.laws.query({})));
  return (
    <>
      <Button busy={verifyChain.busy()} onClick={() => verifyChain.run()}>
        {t('admin.auditVerify')}
      </Button>
      <Button busy={verifyLaws.busy()} onClick={() => verifyLaws.run()}>
        {t('admin.lawsRun')}
      </Button>
      <ActError failed={verifyChain.failed() ?? verifyLaws.failed()} />
      <Dialog
        open={chain() !== undefined}
        title={t('admin.auditVerify')}
        onClose={() => setChain(undefined)}
        footer={<Button onClick={() => setChain(undefined)}>{t('shell.close')}</Button>}
      >
        <Show when={chain()}>{(result) => <ChainResult result={result()} />}</Show>
      </Dialog>
      <Dialog
        open={laws() !== undefined}
        title={t('admin.lawsTitle')}
        onClose={() => setLaws(undefined)}
        footer={<Button onClick={() => setLaws(undefined)}>{t('shell.close')}</Button>}
      >
        <Show when={laws()}>{(result) => <LawTable laws={result().laws} />}</Show>
      </Dialog>
    </>
  );
}

function ChainResult(props: { result: AuditVerify }): JSX.Element {
  const { t } = useTexts();
  const bad = () => props.result.firstBad;
  return (
    <Notice
      tone={props.result.ok ? 'ok' : 'bad'}
      title={
        bad() === null
          ? t('admin.auditVerified', {
              entries: props.result.entries,
              heads: props.result.heads,
              unsealed: props.result.unsealed,
            })
          : t('admin.auditBroken', { seq: bad()?.seq ?? '—', what: bad()?.what ?? '' })
      }
    />
  );
}

function LawTable(props: { laws: Verification['laws'] }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const result = (law: Verification['laws'][number]) => {
    if (law.ok === true) return { mark: 'ok', word: t('admin.lawHolds') } as const;
    if (law.ok === false) return { mark: 'bad', word: t('admin.lawBroken') } as const;
    return law.shownBy === null
      ? ({ mark: 'stale', word: t('admin.lawUnknown') } as const)
      : ({ mark: 'wait', word: t('admin.lawTest') } as const);
  };
  return (
    <>
      <p class="small dim">{t('admin.lawsNote')}</p>
      <ScrollX label={t('admin.lawsTitle')}>
        <table class="tbl">
          <thead>
            <tr>
              <Head>{t('admin.lawColumn')}</Head>
              <Head>{t('admin.lawResult')}</Head>
              <Head number>{t('admin.lawFacts')}</Head>
            </tr>
          </thead>
          <tbody>
            <For each={props.laws}>
              {(law) => (
                <tr>
                  <td class="two">
                    {texts.word('laws', law.id)}
                    <small class="mono">{law.id}</small>
                  </td>
                  <td>
                    <StateMark mark={result(law).mark}>{result(law).word}</StateMark>
                    <For each={law.findings}>
                      {(finding) => <small class="l2">{finding}</small>}
                    </For>
                    <Show when={law.shownBy ?? law.reason}>
                      {(text) => <small class="l2">{text()}</small>}
                    </Show>
                  </td>
                  <td class="n">{formatCount(law.checked)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}
