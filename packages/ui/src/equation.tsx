import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BalancePart } from './balance-bar.tsx';

export type Term = {
  label: string;
  figure: JSX.Element;
  unit?: string | undefined;
  mark?: BalancePart | 'free' | undefined;
  /** Sign before the term; the first has none. */
  sign?: '=' | '+' | '−' | '×' | undefined;
  /** The result: ruled above, double ruled below. */
  sum?: boolean | undefined;
};

export type EquationProps = {
  terms: readonly Term[];
  size?: 'sm' | 'lg' | undefined;
  /** The same sum written as a column. */
  column?: boolean | undefined;
};

export function Equation(props: EquationProps): JSX.Element {
  return (
    <dl class="eq" data-size={props.size} data-v={props.column ? '' : undefined}>
      <For each={props.terms}>
        {(term) => (
          <div data-op={term.sign} data-sum={term.sum ? '' : undefined}>
            <dt>
              <Show when={term.mark}>{(mark) => <i class={mark()} />}</Show>
              {term.label}
            </dt>
            <dd>
              {term.figure}
              <Show when={term.unit}>{(unit) => <small>{unit()}</small>}</Show>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}
