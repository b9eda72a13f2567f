import { For, Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';

export type SortDirection = 'asc' | 'desc';

export type SortHeadProps = {
  children: JSX.Element;
  /** The unit, in the head so that cells need none. */
  unit?: string | undefined;
  number?: boolean | undefined;
  /** Where the reversed or new order lives; absent when the column cannot sort. */
  href?: string | undefined;
  direction?: SortDirection | undefined;
};

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;
const arrow = { asc: '↑', desc: '↓' } as const;

export function Head(props: SortHeadProps): JSX.Element {
  const words = () => (
    <>
      {props.children}
      <Show when={props.unit}>{(unit) => <small> {unit()}</small>}</Show>
    </>
  );
  return (
    <th
      class={props.number ? 'n' : undefined}
      scope="col"
      aria-sort={props.direction === undefined ? undefined : ariaSort[props.direction]}
    >
      <Show when={props.href} fallback={words()}>
        {(href) => (
          <a class="sort" href={href()}>
            {words()}
            <span aria-hidden="true">
              {props.direction === undefined ? '' : arrow[props.direction]}
            </span>
          </a>
        )}
      </Show>
    </th>
  );
}

/** A matrix keeps its first column and scrolls; a table people act on becomes cards instead. */
export function ScrollX(props: { label: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="scrollx" tabindex="0" role="region" aria-label={props.label}>
      {props.children}
    </div>
  );
}

/** Rows of the final geometry, so that nothing jumps when the rows come. */
export function SkeletonRows(props: { rows: number; widths: readonly number[] }): JSX.Element {
  const rows = createMemo(() => Array.from({ length: props.rows }, (_, index) => index));
  return (
    <For each={rows()}>
      {() => (
        <tr aria-hidden="true">
          <For each={props.widths}>
            {(width) => (
              <td>
                <span class="skel" style={{ width: `${width}%` }} />
              </td>
            )}
          </For>
        </tr>
      )}
    </For>
  );
}

export type PagerProps = {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  labels: { previous: string; next: string; position: string };
};

export function Pager(props: PagerProps): JSX.Element {
  return (
    <Show when={props.pages > 1}>
      <nav class="acts" aria-label={props.labels.position}>
        <Show when={props.page > 1}>
          <a class="btn" rel="prev" href={props.hrefOf(props.page - 1)}>
            {props.labels.previous}
          </a>
        </Show>
        <span class="n">{props.labels.position}</span>
        <Show when={props.page < props.pages}>
          <a class="btn" rel="next" href={props.hrefOf(props.page + 1)}>
            {props.labels.next}
          </a>
        </Show>
      </nav>
    </Show>
  );
}

/** Counts of the whole filter at the left, paging at the right. */
export function TableFoot(props: { summary: JSX.Element; children?: JSX.Element }): JSX.Element {
  return (
    <div class="foot">
      <span>{props.summary}</span>
      <span class="grow" />
      {props.children}
    </div>
  );
}
