import type { JSX } from 'solid-js';

/** List beside card; on a phone one or the other, chosen by `open`. */
export function Split(props: {
  listLabel: string;
  open: boolean;
  list: JSX.Element;
  card: JSX.Element;
}): JSX.Element {
  return (
    <div class="split" data-open={props.open ? '' : undefined}>
      <section class="split-list" aria-label={props.listLabel}>
        {props.list}
      </section>
      <article class="split-card">{props.card}</article>
    </div>
  );
}
