import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatRatio } from '@yunheng/messages/format/ratio';
import { formatResourceCell } from '@yunheng/messages/format/resource';
import { Head } from '@yunheng/ui/table';
import type { LineView } from '../../api/types.ts';
import { Amount } from '../../parts/amount.tsx';
import { placeText } from '../../parts/place.ts';
import { PoolBar } from '../../parts/pool-bar.tsx';
import { useTexts } from '../../text/texts.ts';
import { poolWithLine } from '../request/request-lines.tsx';

/** The effect before the act: what each pool will look like once this is approved. */
export function EffectTable(props: { lines: readonly LineView[] }): JSX.Element {
  const { t } = useTexts();
  return (
    <table class="tbl cards deltas">
      <thead>
        <tr>
          <Head>{t('request.formItem')}</Head>
          <Head number>{t('request.inboxNowAfter')}</Head>
          <Head>{t('request.formPool')}</Head>
          <Head number>{t('request.inboxOccupancy')}</Head>
          <Head number>{t('request.inboxPoolLeft')}</Head>
        </tr>
      </thead>
      <tbody>
        <For each={props.lines}>{(line) => <EffectLine line={line} />}</For>
      </tbody>
    </table>
  );
}

function EffectLine(props: { line: LineView }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const pool = () => poolWithLine(props.line);
  const name = () => (texts.locale === 'zh-CN' ? props.line.item.nameZh : props.line.item.nameEn);
  return (
    <tr>
      <td class="two">
        <strong>{name()}</strong>
        <small>{placeText(texts, props.line)}</small>
      </td>
      <td class="n" data-l={t('request.inboxNowAfter')}>
        {formatResourceCell(props.line.resource, props.line.before)} →{' '}
        <Amount resource={props.line.resource} amount={props.line.amount} strong inColumn />
      </td>
      <Show
        when={pool()}
        fallback={
          <td colspan="3">
            <span class="vh">{t('shell.none')}</span>
          </td>
        }
      >
        {(of) => (
          <>
            <td class="full" data-l={t('request.detailPoolAfter')}>
              <PoolBar resource={props.line.resource} {...of()} size="md" />
            </td>
            <td class="n" data-l={t('request.inboxOccupancy')}>
              {formatRatio(of().allocated + of().held, of().supply)} →{' '}
              <strong>{formatRatio(of().allocated + of().held + of().this, of().supply)}</strong>
            </td>
            <td class="n" data-l={t('request.inboxPoolLeft')}>
              <Amount
                resource={props.line.resource}
                amount={of().supply - of().allocated - of().held - of().this}
                inColumn
              />
            </td>
          </>
        )}
      </Show>
    </tr>
  );
}
