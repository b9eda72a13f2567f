import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';

export type Fact = { term: string; value: JSX.Element };

export function Facts(props: {
  facts: readonly Fact[];
  numbers?: boolean | undefined;
}): JSX.Element {
  return (
    <dl class="facts" data-num={props.numbers ? '' : undefined}>
      <For each={props.facts}>
        {(fact) => (
          <>
            <dt>{fact.term}</dt>
            <dd>{fact.value}</dd>
          </>
        )}
      </For>
    </dl>
  );
}

export type Kpi = {
  term: string;
  figure: JSX.Element;
  unit?: string | undefined;
  note?: JSX.Element | undefined;
  href?: string | undefined;
};

/** Every figure opens its rows; one without a link is not worth this size. */
export function Kpis(props: { kpis: readonly Kpi[] }): JSX.Element {
  return (
    <dl class="kpis">
      <For each={props.kpis}>
        {(kpi) => (
          <div class="kpi">
            <dt>{kpi.term}</dt>
            <dd>
              <span class="fig">
                <Show when={kpi.href} fallback={kpi.figure}>
                  {(href) => <a href={href()}>{kpi.figure}</a>}
                </Show>
                <Show when={kpi.unit}>{(unit) => <small>{unit()}</small>}</Show>
              </span>
              <Show when={kpi.note}>{(note) => <p>{note()}</p>}</Show>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}

export function Section(props: {
  id?: string | undefined;
  title: JSX.Element;
  note?: JSX.Element | undefined;
  actions?: JSX.Element | undefined;
  children: JSX.Element;
  bare?: boolean | undefined;
}): JSX.Element {
  return (
    <section class="sec" id={props.id}>
      <header>
        <h2>{props.title}</h2>
        <Show when={props.note}>{(note) => <p>{note()}</p>}</Show>
        <Show when={props.actions}>{(actions) => <span class="acts">{actions()}</span>}</Show>
      </header>
      <Show when={!props.bare} fallback={props.children}>
        <div class="body">{props.children}</div>
      </Show>
    </section>
  );
}
