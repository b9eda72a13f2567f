import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';

export type BalancePart = 'alloc' | 'used' | 'held' | 'this' | 'over';

export type BalanceBarProps = {
  total: number;
  parts: readonly { part: BalancePart; amount: number }[];
  /** Where the limit is, in the unit of the total. */
  limit?: number | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** The same fact as a sentence. */
  label: string;
};

/** Share of the whole in per cent, two decimals; an empty whole shows nothing. */
export function shareOf(amount: number, total: number): number {
  return total <= 0 ? 0 : Math.round((amount / total) * 10_000) / 100;
}

/** Solid is allocated, hatched is held, hollow is free, ochre is this request. */
export function BalanceBar(props: BalanceBarProps): JSX.Element {
  const visible = () => props.parts.filter((entry) => entry.amount > 0);
  return (
    <div class="bal" role="img" aria-label={props.label} data-size={props.size}>
      <For each={visible()}>
        {(entry) => <i class={entry.part} style={{ '--v': shareOf(entry.amount, props.total) }} />}
      </For>
      <Show when={props.limit}>
        {(limit) => <b style={{ '--at': shareOf(limit(), props.total) }} />}
      </Show>
    </div>
  );
}

export type KeyEntry = { mark: BalancePart | 'free' | 'limit'; label: string };

export function BalanceKey(props: { entries: readonly KeyEntry[] }): JSX.Element {
  return (
    <ul class="key">
      <For each={props.entries}>
        {(entry) => (
          <li>
            <i class={entry.mark === 'free' ? undefined : entry.mark} />
            {entry.label}
          </li>
        )}
      </For>
    </ul>
  );
}
