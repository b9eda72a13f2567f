import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { parseAccount } from '@yunheng/domain/ledger/accounts';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { formatShort } from '@yunheng/messages/format/time';
import { Empty } from '@yunheng/ui/empty';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { Head, ScrollX } from '@yunheng/ui/table';
import { Time } from '@yunheng/ui/time';
import type { RequestDetail } from '../../api/types.ts';
import { poolName } from '../../parts/place.ts';
import { useTexts } from '../../text/texts.ts';
import { ledgerMoves, ledgerRows } from './ledger-rows.ts';
import type { LedgerMove, Movement } from './ledger-rows.ts';

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
  /** The account in words: which book or pool, and which part of it. */
  const accountWord = (account: string) => {
    const parsed = parseAccount(account);
    if (parsed === null) return account;
    const line = props.detail.lines.find(({ pool }) => pool?.id === parsed.scope);
    const pool = () => (line === undefined ? t('request.otherPool') : poolName(texts, line));
    const place = parsed.book === 'quota' ? t('request.homeQuota') : pool();
    return texts.dots([place, texts.word('accountParts', parsed.stage)]);
  };
  const rows = createMemo(() => ledgerRows(props.detail.transfers));
  const moves = createMemo(() => ledgerMoves(rows(), accountWord));
  const resources = createMemo(() =>
    resourceNames.filter((resource) => moves().some(({ amounts }) => resource in amounts)),
  );
  const figure = (resource: ResourceName) =>
    resourceColumn(
      resource,
      moves().map(({ amounts }) => amounts[resource] ?? 0),
    );
  const takesMore = () => props.detail.lines.some((line) => line.amount > line.before);
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
        fallback={
          <Empty title={t('request.detailLedgerEmpty')}>
            {t(takesMore() ? 'request.detailLedgerNone' : 'request.detailLedgerNoneLess')}
          </Empty>
        }
      >
        <ScrollX label={t('request.detailLedger')}>
          <table class="tbl">
            <thead>
              <tr>
                <Head>{t('request.detailTime')}</Head>
                <Head>{t('request.detailEntry')}</Head>
                <Head>{t('request.detailFrom')}</Head>
                <Head>{t('request.detailTo')}</Head>
                <For each={resources()}>
                  {(resource) => (
                    <Head number unit={resourceUnit(resource, texts.locale)}>
                      {texts.word('resources', resource)}
                    </Head>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={moves()}>
                {(move) => <Move move={move} resources={resources()} figure={figure} />}
              </For>
            </tbody>
          </table>
        </ScrollX>
      </Show>
    </Section>
  );
}

function Move(props: {
  move: LedgerMove;
  resources: readonly ResourceName[];
  figure: (resource: ResourceName) => (amount: number) => string;
}): JSX.Element {
  const texts = useTexts();
  return (
    <tr>
      <td class="nowrap">
        <Time at={props.move.transfer.effectiveAt}>
          {formatShort(props.move.transfer.effectiveAt)}
        </Time>
      </td>
      <td class="nowrap">
        <StateMark mark={movementMarks[props.move.movement]}>
          {texts.word('movements', props.move.movement)}
        </StateMark>
      </td>
      <td class="nowrap">{props.move.from}</td>
      <td class="nowrap">{props.move.to}</td>
      <For each={props.resources}>
        {(resource) => (
          <td class="n">
            <Show
              when={props.move.amounts[resource] !== undefined}
              fallback={<span class="vh">{texts.t('shell.none')}</span>}
            >
              {props.figure(resource)(props.move.amounts[resource] ?? 0)}
            </Show>
          </td>
        )}
      </For>
    </tr>
  );
}
