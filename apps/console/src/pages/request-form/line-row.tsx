import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { parseQuantity } from '@yunheng/messages/format/parse-quantity';
import {
  formatResourceCell,
  resourceDisplay,
  resourceUnit,
} from '@yunheng/messages/format/resource';
import { BalanceBar } from '@yunheng/ui/balance-bar';
import { Icon } from '@yunheng/ui/icon';
import { QuantityInput } from '@yunheng/ui/quantity-input';
import { Select } from '@yunheng/ui/select';
import type { CatalogItem } from '../../api/types.ts';
import { Amount } from '../../parts/amount.tsx';
import { useTexts } from '../../text/texts.ts';
import type { Form } from './create-form.ts';
import { beforeOf, itemOf, poolsFor } from './form-model.ts';
import type { FormLine, Inputs } from './form-model.ts';
import { fieldIds } from './problems.ts';

export type LineRowProps = {
  line: FormLine;
  form: Form;
  inputs: Inputs;
  problemAt: (fieldId: string) => string | undefined;
  /** An amount is entered, and left with what is then written in it. */
  onEnter: (fieldId: string) => void;
  onLeave: (fieldId: string, text: string) => void;
};

export function LineRow(props: LineRowProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const item = () => itemOf(props.inputs, props.line);
  const nameOf = (entry: CatalogItem) => (texts.locale === 'zh-CN' ? entry.nameZh : entry.nameEn);
  const name = () => {
    const entry = item();
    return entry === undefined ? t('request.formItem') : nameOf(entry);
  };
  const before = () => beforeOf(props.form.form, props.inputs, item());
  const pools = () => poolsFor(props.form.form, props.inputs, item());
  const pool = () => pools().find((entry) => entry.key === props.line.pool);
  const increase = () => (props.line.amount === undefined ? 0 : props.line.amount - before());
  const resource = () => item()?.resource ?? 'cpu';
  const free = () => pool()?.free[resource()] ?? 0;
  const fits = () => increase() <= free();
  const amountId = () => fieldIds.amount(props.line.key);
  const amountProblem = () => props.problemAt(amountId());
  const errorId = () => `${amountId()}-error`;
  const leftId = () => `${amountId()}-left`;
  const describedBy = () => {
    if (amountProblem() !== undefined) return errorId();
    return pools().length > 0 ? leftId() : undefined;
  };
  return (
    <tr data-bad={fits() ? undefined : ''}>
      <td class="item">
        <Select
          id={fieldIds.item(props.line.key)}
          aria-label={t('request.formItem')}
          value={props.line.itemVersionId}
          options={props.inputs.catalog.map((entry) => ({
            value: entry.itemVersionId,
            label: nameOf(entry),
          }))}
          onChange={(value) => props.form.setItem(props.line.key, value)}
        />
        <Show when={props.problemAt(fieldIds.item(props.line.key))}>
          {(text) => <span class="err">{text()}</span>}
        </Show>
      </td>
      <td class="n" data-l={t('request.formCurrent')}>
        <Amount resource={resource()} amount={before()} inColumn />
      </td>
      <td
        data-l={t('request.formTarget')}
        onFocusIn={() => props.onEnter(amountId())}
        onFocusOut={(event) => {
          if (event.target instanceof HTMLInputElement)
            props.onLeave(amountId(), event.target.value);
        }}
      >
        <QuantityInput
          id={amountId()}
          label={t('request.formAmountOf', { item: name() })}
          value={props.line.amount}
          unit={resourceUnit(resource(), texts.locale)}
          invalid={amountProblem() !== undefined || !fits()}
          describedBy={describedBy()}
          parse={(text) => parseQuantity(text, resourceDisplay[resource()].column)}
          format={(amount) => formatResourceCell(resource(), amount)}
          onInput={(amount, text) => props.form.setAmount(props.line.key, amount, text)}
        />
        <Show when={amountProblem()}>
          {(text) => (
            <span class="err" id={errorId()}>
              {text()}
            </span>
          )}
        </Show>
      </td>
      <td class="n" data-l={t('request.formChangeBy')}>
        <Amount resource={resource()} amount={increase()} signed inColumn />
      </td>
      <td class="pool" data-l={t('request.formPool')}>
        <Show
          when={pools().length > 0}
          fallback={<span class="dim">{t('request.formChooseNode')}</span>}
        >
          <Show when={pools().length > 1} fallback={<PoolName line={props.line} />}>
            <Select
              id={fieldIds.pool(props.line.key)}
              aria-label={t('request.formPool')}
              value={props.line.pool}
              options={pools().map((entry) => ({
                value: entry.key,
                label: `${texts.word('architectures', entry.arch)} ${texts.word('poolClasses', entry.poolClass)}`,
              }))}
              onChange={(value) => props.form.setPool(props.line.key, value)}
            />
          </Show>
          <FreeBar id={leftId()} resource={resource()} free={free()} increase={increase()} />
        </Show>
        <Show when={props.problemAt(fieldIds.pool(props.line.key))}>
          {(text) => <span class="err">{text()}</span>}
        </Show>
      </td>
      <td class="n del">
        <button
          class="x"
          type="button"
          aria-label={t('request.formRemoveLine', { item: name() })}
          onClick={() => props.form.removeLine(props.line.key)}
        >
          <Icon name="close" />
        </button>
      </td>
    </tr>
  );
}

function PoolName(props: { line: FormLine }): JSX.Element {
  const texts = useTexts();
  const words = () => {
    const [arch = '', poolClass = ''] = props.line.pool.split('/');
    return `${texts.word('architectures', arch)} ${texts.word('poolClasses', poolClass)}`;
  };
  return <span class="small sub">{words()}</span>;
}

/** What is free, and what this line takes of it; the same arithmetic that the server runs at submission. */
function FreeBar(props: {
  id: string;
  resource: CatalogItem['resource'];
  free: number;
  increase: number;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const taken = () => Math.max(0, props.increase);
  const after = () => props.free - props.increase;
  const fits = () => after() >= 0;
  const said = (amount: number) => texts.resource(props.resource, amount);
  const afterText = () =>
    fits()
      ? t('request.formAfter', { free: said(after()) })
      : t('request.formShort', { missing: said(-after()) });
  return (
    <>
      <BalanceBar
        total={Math.max(props.free, taken())}
        parts={[{ part: fits() ? 'this' : 'over', amount: taken() }]}
        label={`${t('request.formFree', { free: said(props.free) })}; ${afterText()}`}
      />
      <div class="n">
        <span>{t('request.formFree', { free: said(props.free) })}</span>
        <span class="after" id={props.id}>
          {afterText()}
        </span>
      </div>
    </>
  );
}
