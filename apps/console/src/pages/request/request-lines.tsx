import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { Head } from '@yunheng/ui/table';
import type { LineView, RequestDetail } from '../../api/types.ts';
import { Amount } from '../../parts/amount.tsx';
import { placeText } from '../../parts/place.ts';
import { PoolBar } from '../../parts/pool-bar.tsx';
import { useTexts } from '../../text/texts.ts';

const holdMarks: Readonly<Record<NonNullable<LineView['hold']>['state'], Mark>> = {
  live: 'hold',
  allocated: 'ok',
  released: 'end',
  expired: 'warn',
};

/** What the pool looks like with this line: its own hold is taken out of the others' and shown as this request. */
export function poolWithLine(
  line: LineView,
): { supply: number; allocated: number; held: number; this: number } | undefined {
  if (line.pool === null) return undefined;
  const own = line.hold?.state === 'live' ? line.hold.amount : 0;
  const increase = Math.max(0, line.amount - line.before);
  return {
    supply: line.pool.supply,
    allocated: line.pool.allocated,
    held: Math.max(0, line.pool.held - own),
    // Once given back or allocated it no longer takes anything of its own.
    this: line.hold === null || line.hold.state === 'live' ? increase : 0,
  };
}

export function RequestLines(props: { detail: RequestDetail }): JSX.Element {
  const { t } = useTexts();
  return (
    <Section
      id="lines"
      title={t('request.detailLines')}
      note={
        <Show when={props.detail.digest}>
          {(digest) => (
            <>
              {t('request.detailLinesNote')} <span class="mono">{shortDigest(digest())}</span>
            </>
          )}
        </Show>
      }
      bare
    >
      <table class="tbl cards">
        <thead>
          <tr>
            <Head>{t('request.formItem')}</Head>
            <Head>{t('request.detailBook')}</Head>
            <Head number>{t('request.formCurrent')}</Head>
            <Head number>{t('request.formChangeBy')}</Head>
            <Head number>{t('request.formTarget')}</Head>
            <Head>{t('request.detailPoolAfter')}</Head>
          </tr>
        </thead>
        <tbody>
          <For each={props.detail.lines}>{(line) => <Line line={line} />}</For>
        </tbody>
      </table>
    </Section>
  );
}

function shortDigest(digest: string): string {
  const bare = digest.replace(/^sm3:/u, '');
  return bare.length > 12 ? `sm3:${bare.slice(0, 4)}…${bare.slice(-4)}` : digest;
}

function Line(props: { line: LineView }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <tr>
      <td class="two">
        <strong>
          {texts.locale === 'zh-CN' ? props.line.item.nameZh : props.line.item.nameEn}
        </strong>
        <small>{placeText(texts, props.line)}</small>
      </td>
      <td data-l={t('request.detailBook')}>
        <Show when={props.line.hold} fallback={<span class="vh">{t('shell.none')}</span>}>
          {(hold) => (
            <>
              <StateMark mark={holdMarks[hold().state]}>
                {texts.word('holdStates', hold().state)}
              </StateMark>
              <Show when={hold().state === 'live'}>
                <small class="l2">
                  {t('request.refusalUntil', { time: formatShort(hold().expiresAt) })}
                </small>
              </Show>
            </>
          )}
        </Show>
      </td>
      <td class="n" data-l={t('request.formCurrent')}>
        <Amount resource={props.line.resource} amount={props.line.before} />
      </td>
      <td class="n" data-l={t('request.formChangeBy')}>
        <Amount
          resource={props.line.resource}
          amount={props.line.amount - props.line.before}
          signed
          strong
        />
      </td>
      <td class="n" data-l={t('request.formTarget')}>
        <Amount resource={props.line.resource} amount={props.line.amount} />
      </td>
      <td class="full lines-bar" data-l={t('request.detailPoolAfter')}>
        <Show when={poolWithLine(props.line)}>
          {(pool) => <PoolBar resource={props.line.resource} {...pool()} />}
        </Show>
      </td>
    </tr>
  );
}
