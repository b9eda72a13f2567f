import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatNumber } from '@yunheng/messages/format/number';
import { formatShort } from '@yunheng/messages/format/time';
import { Empty } from '@yunheng/ui/empty';
import { Section } from '@yunheng/ui/facts';
import { parseAccount } from '@yunheng/domain/ledger/accounts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { Head, ScrollX } from '@yunheng/ui/table';
import { Time } from '@yunheng/ui/time';
import type { RequestDetail } from '../../api/types.ts';
import { Amount } from '../../parts/amount.tsx';
import { useTexts } from '../../text/texts.ts';
import { ledgerRows } from './ledger-rows.ts';
import type { Movement } from './ledger-rows.ts';

const movementMarks: Readonly<Record<Movement, Mark>> = {
  hold: 'hold',
  allocate: 'ok',
  give_back: 'end',
  release: 'end',
  move: 'hold',
  supply: 'ok',
  other: 'run',
};

/** The proof of what the request did to the ledger: every transfer, and whether it balances. */
export function RequestLedger(props: { detail: RequestDetail }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const rows = createMemo(() => ledgerRows(props.detail.transfers));
  const poolCodes = createMemo(
    () =>
      new Map(
        props.detail.lines.flatMap((line) =>
          line.pool === null ? [] : [[line.pool.id, line.pool.code] as const],
        ),
      ),
  );
  /** The account in words: which book or pool, and which part of it. */
  const accountWord = (account: string) => {
    const parsed = parseAccount(account);
    if (parsed === null) return account;
    const place =
      parsed.book === 'quota'
        ? t('request.homeQuota')
        : (poolCodes().get(parsed.scope) ?? parsed.scope);
    return `${place} · ${texts.word('accountParts', parsed.stage)}`;
  };
  const balanced = () => rows().every((row) => row.balanced);
  return (
    <Section
      id="ledger"
      title={t('request.detailLedger')}
      note={
        <>
          {t('request.detailLedgerNote')}{' '}
          <Show when={rows().length > 0}>
            <StateMark mark={balanced() ? 'ok' : 'bad'}>
              {balanced() ? t('request.detailBalanced') : t('request.detailUnbalanced')}
            </StateMark>
          </Show>
        </>
      }
      bare
    >
      <Show
        when={rows().length > 0}
        fallback={<Empty title={t('request.detailLedger')}>{t('request.detailLedgerNone')}</Empty>}
      >
        <ScrollX label={t('request.detailLedger')}>
          <table class="tbl">
            <thead>
              <tr>
                <Head>{t('request.detailTime')}</Head>
                <Head>{t('request.detailEntry')}</Head>
                <Head>{t('request.detailFrom')}</Head>
                <Head>{t('request.detailTo')}</Head>
                <Head number>{t('request.amounts')}</Head>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>
                {(row) => (
                  <tr>
                    <td class="nowrap">
                      <Time at={row.transfer.effectiveAt}>
                        {formatShort(row.transfer.effectiveAt)}
                      </Time>
                    </td>
                    <td class="nowrap">
                      <StateMark mark={movementMarks[row.movement]}>
                        {texts.word('movements', row.movement)}
                      </StateMark>
                    </td>
                    <td class="nowrap">{row.from.map(accountWord).join(', ')}</td>
                    <td class="nowrap">{row.to.map(accountWord).join(', ')}</td>
                    <td class="n">
                      <Show when={row.resource} fallback={formatNumber(row.amount)}>
                        {(resource) => (
                          <>
                            <span class="dim small">{texts.word('resources', resource())} </span>
                            <Amount resource={resource()} amount={row.amount} />
                          </>
                        )}
                      </Show>
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </ScrollX>
      </Show>
    </Section>
  );
}
