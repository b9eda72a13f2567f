import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { BalanceBar } from './balance-bar.tsx';
import type { BalancePart } from './balance-bar.tsx';
import { Equation } from './equation.tsx';
import type { Term } from './equation.tsx';
import { StateShape } from './state-mark.tsx';

export type Way = {
  text: string;
  action?: { label: string; run: () => void } | undefined;
  href?: string | undefined;
};

export type RefusalProps = {
  word: string;
  title: string;
  balance?:
    | {
        terms: readonly Term[];
        total: number;
        parts: readonly { part: BalancePart; amount: number }[];
        label: string;
      }
    | undefined;
  holders?:
    | {
        title: string;
        note?: string | undefined;
        rows: readonly { name: JSX.Element; amount: string; until: string }[];
      }
    | undefined;
  ways?: { title: string; list: readonly Way[] } | undefined;
  /** Account, error code and request id, to be read out to somebody who can help. */
  reference: JSX.Element;
};

/** A refusal teaches: account, balance, who holds the rest, and what would pass. */
export function Refusal(props: RefusalProps): JSX.Element {
  return (
    <div class="refusal" role="alert">
      <h3>
        <StateShape mark="bad" word={props.word} />
        {props.title}
      </h3>
      <Show when={props.balance}>
        {(balance) => (
          <>
            <Equation size="sm" terms={balance().terms} />
            <div class="refusal-bar">
              <BalanceBar total={balance().total} parts={balance().parts} label={balance().label} />
            </div>
          </>
        )}
      </Show>
      <div class="halves">
        <Show when={props.holders}>{(holders) => <Holders {...holders()} />}</Show>
        <Show when={props.ways}>{(ways) => <Ways {...ways()} />}</Show>
      </div>
      <p class="small sub refusal-ref">{props.reference}</p>
    </div>
  );
}

function Holders(props: NonNullable<RefusalProps['holders']>): JSX.Element {
  return (
    <div>
      <h4>
        {props.title} <small class="dim">{props.note}</small>
      </h4>
      <table class="tbl">
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <td>{row.name}</td>
                <td class="n">{row.amount}</td>
                <td class="n">{row.until}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function Ways(props: NonNullable<RefusalProps['ways']>): JSX.Element {
  return (
    <div>
      <h4>{props.title}</h4>
      <ul class="ways">
        <For each={props.list}>
          {(way) => (
            <li>
              <span class="grow">{way.text}</span>
              <Show when={way.action}>
                {(action) => (
                  <button class="btn" type="button" onClick={() => action().run()}>
                    {action().label}
                  </button>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
