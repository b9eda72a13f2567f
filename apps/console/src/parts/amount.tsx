import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { resourceNames } from '@yunheng/domain/catalog/resources';
import { resourceDisplay } from '@yunheng/messages/format/resource';
import { showQuantity } from '@yunheng/messages/format/quantity';
import { useTexts } from '../text/texts.ts';
import type { Texts } from '../text/texts.ts';

export type AmountProps = {
  resource: ResourceName;
  amount: number;
  signed?: boolean | undefined;
  strong?: boolean | undefined;
  /** In the unit of the column instead of the one it reads best in: beside a field of that unit. */
  inColumn?: boolean | undefined;
};

/** A quantity with its unit, exact, in the unit it reads best in. */
export function Amount(props: AmountProps): JSX.Element {
  const texts = useTexts();
  const shown = () => {
    const { canonical, counted, column } = resourceDisplay[props.resource];
    return showQuantity(props.amount, canonical, {
      locale: texts.locale,
      unit: props.inColumn === true ? column : undefined,
      counted,
      signed: props.signed === true,
    });
  };
  return (
    <span class="q">
      <Show when={props.strong} fallback={shown().figure}>
        <strong>{shown().figure}</strong>
      </Show>
      <small>{shown().unit}</small>
    </span>
  );
}

export type Amounts = Partial<Record<ResourceName, number>>;

/** Resources that a set of amounts names, in the order of the catalogue. */
export function namedResources(amounts: Amounts): ResourceName[] {
  return resourceNames.filter((resource) => amounts[resource] !== undefined);
}

const amountParts = (texts: Texts, amounts: Amounts): string[] =>
  namedResources(amounts).map(
    (resource) =>
      `${texts.word('resources', resource)} ${texts.resource(resource, amounts[resource] ?? 0)}`,
  );

/** CPU 64 核，内存 256 GiB */
export function amountsText(texts: Texts, amounts: Amounts): string {
  const parts = amountParts(texts, amounts);
  return parts.length === 0 ? '—' : texts.list(parts);
}

/** The same where it may wrap: between resources, never between a figure and its unit. */
export function AmountList(props: { amounts: Amounts }): JSX.Element {
  const texts = useTexts();
  const parts = () => amountParts(texts, props.amounts);
  const [comma = '', blank = ''] = texts.list(['', '']).split(/(?= )/u);
  return (
    <For each={parts()} fallback="—">
      {(part, at) => (
        <>
          <span class="nowrap">
            {part}
            {at() < parts().length - 1 ? comma : ''}
          </span>
          {blank}
          <wbr />
        </>
      )}
    </For>
  );
}
